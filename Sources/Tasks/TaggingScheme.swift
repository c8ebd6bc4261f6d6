/// How the tags of words say where an entity begins and ends.
package enum TaggingScheme: String, NamedChoice {
    /// Told from the tags of the training file.
    case detected
    /// `B-` only where an entity follows another of its type.
    case iob1
    /// `B-` at every beginning.
    case iob2
    /// `S-` for a single word, `E-` for the last.
    case bioes

    package static let synonyms: [String: TaggingScheme] = [
        "auto": .detected, "iob": .iob1, "bio": .iob2, "bio1": .iob1, "bio2": .iob2, "iobes": .bioes,
    ]
}
