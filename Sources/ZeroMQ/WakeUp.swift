import CZeroMQ
import Glibc

/// A descriptor by which any thread wakes the one that polls it (eventfd).
package final class WakeUp: Sendable {
    /// Readable from `signal` until `clear`.
    package let descriptor: Int32

    package init() throws(ZeroMQError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        guard descriptor >= 0 else { throw .last("eventfd") }
    }

    /// Makes `descriptor` readable. A full counter is readable already, so that the only failure is harmless.
    package func signal() {
        while eventfd_write(descriptor, 1) != 0, errno == EINTR {}
    }

    /// Takes all signals so far.
    package func clear() {
        var count: eventfd_t = 0
        while eventfd_read(descriptor, &count) != 0, errno == EINTR {}
    }

    /// Blocks the calling thread until `descriptor` is readable.
    package func wait() {
        var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while Glibc.poll(&item, 1, -1) < 0, errno == EINTR {}
    }

    deinit {
        close(descriptor)
    }
}
