import Synchronization

/// A bounded queue of values from any thread to the one that owns it: the only way between threads.
///
///     sender:   send ──► [ a b c ] ──► drain   :owner
///                 └─ first into an empty box: descriptor readable ─┘
///
/// Elements come out in the order in which `send` took them.
package final class Mailbox<Element: Sendable>: Sendable {
    package let capacity: Int
    private let elements = Mutex<[Element]>([])
    private let wakeUp: WakeUp

    package init(capacity: Int) throws(ZeroMQError) {
        precondition(capacity >= 1, "a mailbox of capacity \(capacity), expected at least 1")
        self.capacity = capacity
        wakeUp = try WakeUp()
    }

    /// Readable while something waits; for the owner's poll set.
    package var descriptor: Int32 { wakeUp.descriptor }

    /// Queues `element`; `false`, and nothing is kept, when the mailbox is full.
    package func send(_ element: Element) -> Bool {
        let position: Int? = elements.withLock { elements in
            guard elements.count < capacity else { return nil }
            elements.append(element)
            return elements.count
        }
        if position == 1 { wakeUp.signal() }
        return position != nil
    }

    /// Takes all that waits; empty when nothing does.
    package func drain() -> [Element] {
        // Cleared before the box is emptied: an element that comes between the two is taken now and its signal is
        // spurious later; the other way round it would wait unseen.
        wakeUp.clear()
        return elements.withLock { elements in
            let taken = elements
            elements = []
            return taken
        }
    }

    /// Blocks until something waits, then takes it all; for a thread that has nothing else to wait for.
    package func waitAndDrain() -> [Element] {
        while true {
            wakeUp.wait()
            let taken = drain()
            if !taken.isEmpty { return taken }
        }
    }
}
