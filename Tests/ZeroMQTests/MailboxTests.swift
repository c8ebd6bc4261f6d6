import Glibc
import Testing
import ZeroMQ

@Suite struct MailboxTests {
    @Test func aFullMailboxRefusesAndKeepsItsOrder() throws {
        let mailbox = try Mailbox<Int>(capacity: 3)
        #expect((0..<5).map(mailbox.send) == [true, true, true, false, false])
        #expect(mailbox.drain() == [0, 1, 2])
        #expect(mailbox.drain() == [])
        #expect(mailbox.send(7))
        #expect(mailbox.drain() == [7])
    }

    @Test func anElementWakesThePoll() throws {
        let mailbox = try Mailbox<Int>(capacity: 2)
        let poller = Poller()
        _ = poller.add(descriptor: mailbox.descriptor)
        #expect(try poller.poll(timeout: .zero) == 0)
        let sending = try Background { mailbox.send(1) }
        #expect(try poller.poll(timeout: patience) == 1)
        #expect(mailbox.drain() == [1])
        #expect(try poller.poll(timeout: .zero) == 0)
        #expect(try sending.wait())
    }

    /// Every element of every sender arrives once and in the sender's order, whatever wake-ups coincide.
    @Test func manySendersLoseNothing() throws {
        let mailbox = try Mailbox<(sender: Int, number: Int)>(capacity: 64)
        let each = 3000
        let senders = try (0..<3).map { sender in
            try Background {
                for number in 0..<each {
                    while !mailbox.send((sender, number)) { sched_yield() }
                }
            }
        }
        var seen = [0, 0, 0]
        var isOrdered = true
        while seen.reduce(0, +) < 3 * each {
            for element in mailbox.waitAndDrain() {
                isOrdered = isOrdered && element.number == seen[element.sender]
                seen[element.sender] += 1
            }
        }
        for sender in senders { try sender.wait() }
        #expect(isOrdered)
        #expect(seen == [each, each, each])
        #expect(mailbox.drain().isEmpty)
    }
}
