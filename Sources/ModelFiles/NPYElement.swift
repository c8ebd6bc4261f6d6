/// The element types of vectors in `.npy` files.
package enum NPYElement: String, Sendable, CaseIterable {
    // As `descr` names them: little endian.
    case float32 = "<f4"
    case float16 = "<f2"

    package var byteCount: Int {
        switch self {
        case .float32: 4
        case .float16: 2
        }
    }
}
