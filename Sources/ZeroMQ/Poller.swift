import CZeroMQ
import Glibc

/// Waits for sockets and descriptors at once; confined, like its sockets, to one thread.
package final class Poller {
    /// What to wait for, or what is there.
    package struct Events: OptionSet, Sendable {
        package let rawValue: Int16
        package init(rawValue: Int16) { self.rawValue = rawValue }
        package static let input = Events(rawValue: Int16(ZMQ_POLLIN))
        package static let output = Events(rawValue: Int16(ZMQ_POLLOUT))
        /// A descriptor whose other end is gone.
        package static let failure = Events(rawValue: Int16(ZMQ_POLLERR))
    }

    /// One member of the poll set.
    package struct Source: Sendable, Hashable {
        fileprivate let index: Int
    }

    private var items: [zmq_pollitem_t] = []
    /// Keeps the sockets behind `items` open.
    private var sockets: [Socket] = []

    package init() {}

    package func add(_ socket: Socket, for events: Events = .input) -> Source {
        sockets.append(socket)
        items.append(zmq_pollitem_t(socket: socket.pointer, fd: -1, events: events.rawValue, revents: 0))
        return Source(index: items.count - 1)
    }

    /// The descriptor must outlive the poller.
    package func add(descriptor: Int32, for events: Events = .input) -> Source {
        items.append(zmq_pollitem_t(socket: nil, fd: descriptor, events: events.rawValue, revents: 0))
        return Source(index: items.count - 1)
    }

    /// Changes what `source` is waited for; `[]` leaves it unread, and TCP then holds its senders.
    package func setEvents(_ events: Events, of source: Source) {
        items[source.index].events = events.rawValue
    }

    /// Waits until something is ready or `timeout` has passed; for ever without one.
    ///
    /// - Returns: how many sources are ready; 0 after the timeout, and after a signal
    @discardableResult
    package func poll(timeout: Duration?) throws(ZeroMQError) -> Int {
        let count = zmq_poll(&items, Int32(items.count), timeout?.wholeMilliseconds ?? -1)
        if count >= 0 { return Int(count) }
        guard zmq_errno() == EINTR else { throw .last("zmq_poll") }
        for index in items.indices { items[index].revents = 0 }
        return 0
    }

    /// What the last `poll` found at `source`.
    package func events(at source: Source) -> Events {
        Events(rawValue: items[source.index].revents)
    }
}
