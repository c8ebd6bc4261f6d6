/// The element type of a result's tensor.
package enum ResultType: String, CaseIterable, Sendable, Hashable {
    case float32
    case float16

    /// Bytes of one element.
    package var byteCount: Int {
        switch self {
        case .float32: 4
        case .float16: 2
        }
    }
}
