/// What a name in the registry stands for. Models and data sets have names apart.
public enum StoredKind: String, CaseIterable, Sendable, OpenWord {
    case model
    case data
    /// A word of a newer peer.
    case unrecognised
}
