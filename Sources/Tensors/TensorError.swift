/// What the machine or a file can do wrong to the numeric rooms.
package enum TensorError: Error, Equatable, CustomStringConvertible {
    case libraryMissing(name: String, reason: String)
    case symbolMissing(library: String, symbol: String)
    case unknownKernelLevel(found: String, expected: [String])
    case unsupportedKernelLevel(found: String, supported: [String])
    case wrongByteCount(shape: [Int], type: ElementType, expected: Int, found: Int)
    case threadRefused(lane: Int, code: Int32)

    package var description: String {
        switch self {
        case .libraryMissing(let name, let reason):
            "cannot open \(name) (\(reason)): install OpenBLAS, on Debian `apt-get install libopenblas0`"
        case .symbolMissing(let library, let symbol):
            "\(library) has no function \(symbol): expected OpenBLAS 0.3 or later"
        case .unknownKernelLevel(let found, let expected):
            "BERTD_KERNELS is '\(found)', expected one of \(expected.joined(separator: ", "))"
        case .unsupportedKernelLevel(let found, let supported):
            "this CPU cannot run kernels of level '\(found)', only \(supported.joined(separator: ", "))"
        case .wrongByteCount(let shape, let type, let expected, let found):
            "a tensor of shape \(shape) and type \(type) needs \(expected) bytes, found \(found)"
        case .threadRefused(let lane, let code):
            "the system refused a thread for lane \(lane): error \(code)"
        }
    }
}
