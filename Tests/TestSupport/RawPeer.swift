import Foundation

/// A TCP connection that speaks just enough ZMTP 3.0 (rfc.zeromq.org/spec/23) to misbehave.
package final class RawPeer {
    /// The peer is not there, or did not greet.
    package struct NotGreeted: Error {}

    private let descriptor: Int32

    /// Connects to `tcp://127.0.0.1:PORT`.
    package init(_ endpoint: String) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = (endpoint.split(separator: ":").last.flatMap { UInt16($0) } ?? 0).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafeBytes(of: &address) {
            connect(descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
        }
        guard connected == 0 else { throw NotGreeted() }
    }

    /// Greets with the NULL mechanism and takes the peer's greeting and READY.
    package func shakeHands(as kind: String) throws {
        let greeting = [0xFF] + [UInt8](repeating: 0, count: 8) + [0x7F, 3, 0] + Array("NULL".utf8)
        _ = try write(greeting + [UInt8](repeating: 0, count: 64 - greeting.count))
        let property = [UInt8(11)] + Array("Socket-Type".utf8) + [0, 0, 0, UInt8(kind.utf8.count)] + Array(kind.utf8)
        let ready = [UInt8(5)] + Array("READY".utf8) + property
        _ = try write([4, UInt8(ready.count)] + ready)
        var answer = [UInt8](repeating: 0, count: 64)
        guard recv(descriptor, &answer, answer.count, Int32(MSG_WAITALL)) == 64 else { throw NotGreeted() }
    }

    /// A long frame of zeros.
    package static func frame(count: Int, hasMore: Bool) -> [UInt8] {
        let size = withUnsafeBytes(of: UInt64(count).bigEndian) { Array($0) }
        return [hasMore ? 3 : 2] + size + [UInt8](repeating: 0, count: count)
    }

    /// Writes all of `bytes`; `false` when the connection is gone.
    package func write(_ bytes: [UInt8]) throws -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    descriptor, $0.baseAddress?.advanced(by: sent), $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count > 0 { sent += count } else if errno != EINTR { return false }
        }
        return true
    }

    deinit {
        close(descriptor)
    }
}
