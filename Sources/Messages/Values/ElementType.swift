/// The numbers of a result's tensor, little-endian.
public enum ElementType: String, CaseIterable, Sendable, OpenWord {
    case float32
    case float16
    /// A word of a newer server.
    case unrecognised

    public var byteCount: Int? {
        switch self {
        case .float32: 4
        case .float16: 2
        case .unrecognised: nil
        }
    }
}
