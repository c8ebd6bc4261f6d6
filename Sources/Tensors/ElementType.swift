/// How a number of a tensor is stored outside this room; inside it is always fp32.
package enum ElementType: Sendable, Equatable {
    case float32, float16, bfloat16

    package var byteCount: Int {
        switch self {
        case .float32: 4
        case .float16, .bfloat16: 2
        }
    }
}
