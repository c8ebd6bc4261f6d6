/// What the learning rate does after the warm-up.
package enum ScheduleShape: String, NamedChoice {
    /// Falls to 0 in a straight line.
    case linear
    /// Falls to 0 along half a cosine.
    case cosine
    case constant

    package static let synonyms: [String: ScheduleShape] = [
        "linear-with-warmup": .linear, "cosine-with-warmup": .cosine, "constant-with-warmup": .constant,
    ]
}
