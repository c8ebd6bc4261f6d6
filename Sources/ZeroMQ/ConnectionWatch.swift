import CZeroMQ
import Glibc

/// Cuts the connections of a socket that send without ever completing a message.
///
///     accepted ──► counted ──┬─ a message of it was read ──► counted anew
///                            └─ more than `byteLimit` since ──► cut
///
/// libzmq keeps the frames of an unfinished message where no limit of its own counts them: 1500 frames of 1 MiB grew a
/// process to 1.5 GiB. The kernel knows what a connection has received; a monitor of the socket tells which are open.
/// An honest peer stays below what its receive queue may hold, and then TCP stops it.
final class ConnectionWatch {
    private struct Connection {
        /// The kernel's name for the socket, which no later one on the same descriptor has.
        let cookie: UInt64
        var bytesWhenHeard: UInt64
    }

    private let byteLimit: Int
    private let monitor: UnsafeMutableRawPointer
    private var connections: [Int32: Connection] = [:]
    private var heard: Set<Int32> = []

    init(_ socket: UnsafeMutableRawPointer, _ context: Context, byteLimit: Int) throws(ZeroMQError) {
        let endpoint = "inproc://connections-\(UInt(bitPattern: socket))"
        guard zmq_socket_monitor(socket, endpoint, ZMQ_EVENT_ACCEPTED | ZMQ_EVENT_DISCONNECTED) == 0 else {
            throw .last("zmq_socket_monitor")
        }
        guard let monitor = zmq_socket(context.pointer, ZMQ_PAIR) else { throw .last("zmq_socket") }
        self.monitor = monitor
        self.byteLimit = byteLimit
        var (queue, linger): (Int32, Int32) = (10_000, 0)
        guard zmq_setsockopt(monitor, ZMQ_RCVHWM, &queue, MemoryLayout<Int32>.size) == 0,
            zmq_setsockopt(monitor, ZMQ_LINGER, &linger, MemoryLayout<Int32>.size) == 0,
            zmq_connect(monitor, endpoint) == 0
        else { throw .last("zmq_connect", endpoint: endpoint) }
    }

    /// Remembers that a whole message of the connection behind `descriptor` was read.
    func hear(from descriptor: Int32) {
        heard.insert(descriptor)
    }

    /// Counts what came since the last call, and cuts what is past the limit.
    ///
    /// - Returns: how many connections were cut
    func check() throws(ZeroMQError) -> Int {
        try followConnections()
        var cut = 0
        for (descriptor, connection) in connections {
            guard let received = bytesReceived(descriptor), cookie(of: descriptor) == connection.cookie else {
                connections[descriptor] = nil
                continue
            }
            if heard.contains(descriptor) {
                connections[descriptor]?.bytesWhenHeard = received
            } else if received - min(received, connection.bytesWhenHeard) > UInt64(byteLimit) {
                // libzmq sees the end of the stream, closes the descriptor and frees the unfinished message.
                Glibc.shutdown(descriptor, Int32(SHUT_RDWR))
                connections[descriptor] = nil
                cut += 1
            }
        }
        heard.removeAll(keepingCapacity: true)
        return cut
    }

    /// Reads the monitor: each event is a frame of 16 bits of event and 32 of descriptor, then one with the endpoint.
    private func followConnections() throws(ZeroMQError) {
        var event = [UInt8](repeating: 0, count: 6)
        while true {
            let count = zmq_recv(monitor, &event, event.count, ZMQ_DONTWAIT)
            if count < 0 {
                switch zmq_errno() {
                case EINTR: continue
                case EAGAIN: return
                default: throw .last("zmq_recv")
                }
            }
            guard count == event.count else { continue }
            let (kind, descriptor) = event.withUnsafeBytes {
                ($0.loadUnaligned(as: UInt16.self), $0.loadUnaligned(fromByteOffset: 2, as: Int32.self))
            }
            if kind == ZMQ_EVENT_ACCEPTED, let cookie = cookie(of: descriptor) {
                connections[descriptor] = Connection(cookie: cookie, bytesWhenHeard: 0)
            } else if kind == ZMQ_EVENT_DISCONNECTED {
                connections[descriptor] = nil
            }
        }
    }

    /// All that the kernel has received for a TCP connection; `nil` for anything else.
    private func bytesReceived(_ descriptor: Int32) -> UInt64? {
        // `tcpi_bytes_received` of linux/tcp.h, which glibc's own struct is too short for.
        let offset = 128
        var info = [UInt8](repeating: 0, count: offset + 8)
        var count = socklen_t(info.count)
        guard getsockopt(descriptor, Int32(IPPROTO_TCP), TCP_INFO, &info, &count) == 0, count == info.count else {
            return nil
        }
        return info.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
    }

    private func cookie(of descriptor: Int32) -> UInt64? {
        var cookie: UInt64 = 0
        var count = socklen_t(MemoryLayout<UInt64>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_COOKIE, &cookie, &count) == 0 else { return nil }
        return cookie
    }

    deinit {
        zmq_close(monitor)
    }
}
