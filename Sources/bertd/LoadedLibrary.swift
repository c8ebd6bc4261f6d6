import Foundation

/// A C library that this program is linked with, asked for its version by the function that each of them has.
enum LoadedLibrary: String, CaseIterable {
    case zeroMQ = "ZeroMQ"
    case protobufC = "protobuf-c"
    case sqlite = "SQLite"

    /// nil where the library is not loaded.
    var version: String? {
        switch self {
        case .zeroMQ:
            typealias Version =
                @convention(c) (UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>)
                -> Void
            guard let symbol = dlsym(nil, "zmq_version") else { return nil }
            var (major, minor, patch) = (Int32(0), Int32(0), Int32(0))
            unsafeBitCast(symbol, to: Version.self)(&major, &minor, &patch)
            return "\(major).\(minor).\(patch)"
        case .protobufC: return text("protobuf_c_version")
        case .sqlite: return text("sqlite3_libversion")
        }
    }

    private func text(_ function: String) -> String? {
        typealias Version = @convention(c) () -> UnsafePointer<CChar>?
        guard let symbol = dlsym(nil, function) else { return nil }
        return unsafeBitCast(symbol, to: Version.self)().map { String(cString: $0) }
    }
}
