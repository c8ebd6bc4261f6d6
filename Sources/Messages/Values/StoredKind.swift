/// What a name in the registry stands for. Models, data sets and sweeps have names apart.
public enum StoredKind: String, CaseIterable, Sendable, OpenWord {
    case model
    case data
    /// What a sweep is to try.
    case sweep
    /// A word of a newer peer.
    case unrecognised

    /// Those of this version.
    package static let known = allCases.filter { $0 != .unrecognised }
}
