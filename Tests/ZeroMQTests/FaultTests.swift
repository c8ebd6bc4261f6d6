import Foundation
import TestSupport
import Testing
import ZeroMQ

@Suite struct FaultTests {
    @Test func aMessagePastTheLimitsIsDroppedAndTheNextOneRead() throws {
        let context = try Context()
        let (push, pull) = try pushAndPull(context)
        let limits = ReceiveLimits(frameCount: 3, byteCount: 100)
        #expect(try push.send([[9], [1], [2], [3]]) == .queued)
        #expect(try push.send([[8], Array(repeating: 0, count: 100)]) == .queued)
        #expect(try push.send([[7], Array(repeating: 0, count: 98), [1]]) == .queued)
        try expectOversize(nextReceived(pull, within: limits), first: [9], frameCount: 4, byteCount: 4)
        try expectOversize(nextReceived(pull, within: limits), first: [8], frameCount: 2, byteCount: 101)
        guard case .message(let frames) = try nextReceived(pull, within: limits) else { throw NothingCame() }
        #expect(frames.map(\.count) == [1, 98, 1])
        #expect(try pull.receive(within: limits) == nil)
    }

    private func expectOversize(_ received: Received, first: [UInt8], frameCount: Int, byteCount: Int) throws {
        guard case .oversize(let head, let frames, let bytes) = received else { throw NothingCame() }
        #expect(head.bytes == first)
        #expect(frames == frameCount)
        #expect(bytes == byteCount)
    }

    @Test func anOversizeFrameCutsThePeerAndTheSocketLivesOn() throws {
        let context = try Context()
        var narrow = Socket.Options()
        narrow.largestFrame = 1000
        let (push, pull) = try pushAndPull(context, pull: narrow)
        #expect(try push.send([[1]]) == .queued)
        #expect(try next(pull) == [[1]])
        #expect(try push.send([Array(repeating: 2, count: 1001)]) == .queued)
        // What follows in the same stream goes down with the connection; the reconnected one delivers.
        var received: Received?
        #expect(
            try eventually(polling: pull) {
                _ = try push.send([[3]])
                received = try pull.receive(within: roomy)
                return received != nil
            })
        guard case .message(let frames) = received else { throw NothingCame() }
        #expect(frames.map(\.bytes) == [[3]])
    }

    /// A peer sends frames, each with another to follow, and reads nothing else than that it was cut.
    @Test func aMessageThatNeverEndsIsCutAndOthersAreServed() throws {
        let context = try Context()
        let pull = try Socket(context, .pull)
        try pull.watchConnections(byteLimit: 4 << 20)
        let endpoint = try pull.bind("tcp://127.0.0.1:*")
        let peer = try RawPeer(endpoint)
        try peer.shakeHands(as: "PUSH")
        let honest = try Socket(context, .push)
        try honest.connect(endpoint)
        let frame = RawPeer.frame(count: 64 << 10, hasMore: true)
        var (cut, sent) = (0, 0)
        while cut == 0 && sent < 64 << 20 {
            guard try peer.write(frame) else { break }
            sent += frame.count
            #expect(try honest.send([[1]]) == .queued)
            #expect(try next(pull) == [[1]])
            cut += try pull.cutEndlessMessages()
        }
        #expect(cut == 1)
        #expect(sent < 16 << 20)
        #expect(try eventually(polling: pull) { try !peer.write(frame) })
        #expect(try honest.send([[2]]) == .queued)
        #expect(try next(pull) == [[2]])
    }

    @Test func aPeerThatSendsMuchInWholeMessagesIsNotCut() throws {
        let context = try Context()
        let pull = try Socket(context, .pull)
        try pull.watchConnections(byteLimit: 1 << 20)
        let endpoint = try pull.bind("tcp://127.0.0.1:*")
        let push = try Socket(context, .push)
        try push.connect(endpoint)
        for number: UInt8 in 0..<16 {
            let frames = [[number], [UInt8](repeating: number, count: 200_000)]
            #expect(try push.send(frames) == .queued)
            #expect(try next(pull) == frames)
            #expect(try pull.cutEndlessMessages() == 0)
        }
    }

    @Test func shutdownReleasesAWaitingThread() throws {
        let context = try Context()
        let ready = try Mailbox<Bool>(capacity: 1)
        let waiting = try Background {
            let pull = try Socket(context, .pull)
            try pull.bind("tcp://127.0.0.1:*")
            let poller = Poller()
            _ = poller.add(pull)
            _ = ready.send(true)
            while true { try poller.poll(timeout: nil) }
        }
        _ = ready.waitAndDrain()
        context.shutdown()
        #expect(throws: ZeroMQError.contextShutDown) { try waiting.wait() }
        #expect(throws: ZeroMQError.contextShutDown) { try Socket(context, .pull) }
    }

    @Test func everyCallOnASocketOfAShutContextSaysSo() throws {
        let context = try Context()
        let (push, pull) = try pushAndPull(context)
        context.shutdown()
        #expect(throws: ZeroMQError.contextShutDown) { _ = try push.send([[1]]) }
        #expect(throws: ZeroMQError.contextShutDown) { _ = try pull.receive(within: roomy) }
        #expect(throws: ZeroMQError.contextShutDown) { try pull.bind("tcp://127.0.0.1:*") }
    }

    /// Signals fall on the receiving thread, between its calls and inside them while it waits.
    @Test func aStormOfSignalsLosesNothing() throws {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in }
        sigaction(SIGUSR2, &action, nil)
        let count = 300
        let context = try Context()
        let turns = try Mailbox<pthread_t>(capacity: 1)
        let mayEnd = try WakeUp()
        let receiving = try Background {
            // The threads of the test runner, whose mask this one inherits, block most signals.
            var storm = sigset_t()
            sigemptyset(&storm)
            sigaddset(&storm, SIGUSR2)
            pthread_sigmask(SIG_UNBLOCK, &storm, nil)
            let pull = try Socket(context, .pull)
            try pull.bind("inproc://storm")
            let poller = Poller()
            _ = poller.add(pull)
            var (numbers, interruptions) = ([Int](), 0)
            while numbers.count < count {
                _ = turns.send(pthread_self())
                if try poller.poll(timeout: nil) == 0 { interruptions += 1 }
                while case .message(let frames) = try pull.receive(within: roomy) {
                    numbers.append(frames.reduce(0) { $0 * 256 + Int($1.bytes[0]) })
                }
            }
            mayEnd.wait()
            return (numbers, interruptions)
        }
        let push = try Socket(context, .push)
        try push.connect("inproc://storm")
        for number in 0..<count {
            let thread = try #require(turns.waitAndDrain().first)
            pthread_kill(thread, SIGUSR2)
            sched_yield()
            #expect(try push.send([[UInt8(number >> 8)], [UInt8(number & 255)]]) == .queued)
            pthread_kill(thread, SIGUSR2)
        }
        mayEnd.signal()
        let (numbers, interruptions) = try receiving.wait()
        #expect(numbers == Array(0..<count))
        #expect(interruptions > 0)
    }
}
