import CZeroMQ
import Glibc

/// The messaging context of the process: its I/O thread, and what sockets of one process share.
///
/// One a process: in libzmq 4.3.4 closing one of several contexts that use CURVE can crash the others (libzmq #4242).
/// Sockets keep their context alive, so it ends only after the last of them is closed, and waits no longer than
/// their `linger` for what is still on its way out.
package final class Context: @unchecked Sendable {
    // Unchecked: a libzmq context may be used by any thread, and the pointer never changes.
    let pointer: UnsafeMutableRawPointer

    package init() throws(ZeroMQError) {
        guard let pointer = zmq_ctx_new() else { throw .last("zmq_ctx_new") }
        self.pointer = pointer
    }

    /// Makes every waiting and later call on the context's sockets throw `contextShutDown`; from any thread.
    package func shutdown() {
        zmq_ctx_shutdown(pointer)
    }

    deinit {
        while zmq_ctx_term(pointer) != 0, zmq_errno() == EINTR {}
    }
}
