import CZeroMQ

/// One received frame, in libzmq's own memory; it is never written to again, so that any thread may read it.
///
/// A class with the 64-byte `zmq_msg_t` on the heap: up to 33 bytes live inside that struct, and would move with a
/// Swift value while a pointer to them is out (libzmq #4136).
package final class Message: @unchecked Sendable {
    // Unchecked: written once, before the message leaves `Socket.receive`.
    let pointer: UnsafeMutablePointer<zmq_msg_t>

    /// An empty message for `Socket` to receive into.
    init() {
        pointer = .allocate(capacity: 1)
        zmq_msg_init(pointer)
    }

    package var count: Int { zmq_msg_size(pointer) }

    /// Whether another frame of the same message follows.
    var hasMore: Bool { zmq_msg_more(pointer) != 0 }

    /// The descriptor of the connection that it came over; -1 inside the process.
    var sourceDescriptor: Int32 { zmq_msg_get(pointer, ZMQ_SRCFD) }

    /// The bytes in place, valid until `body` returns.
    package func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: zmq_msg_data(pointer), count: count))
    }

    /// A copy of the bytes.
    package var bytes: [UInt8] {
        withUnsafeBytes { Array($0) }
    }

    deinit {
        zmq_msg_close(pointer)
        pointer.deallocate()
    }
}
