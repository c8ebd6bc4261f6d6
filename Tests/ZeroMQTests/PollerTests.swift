import Testing
import ZeroMQ

@Suite struct PollerTests {
    @Test func onlyWhatIsReadyIsReported() throws {
        let context = try Context()
        let (push, pull) = try pushAndPull(context)
        let quiet = try Socket(context, .pull)
        try quiet.bind("inproc://quiet")
        let wakeUp = try WakeUp()
        let poller = Poller()
        let (loud, silent) = (poller.add(pull), poller.add(quiet))
        let descriptor = poller.add(descriptor: wakeUp.descriptor)
        #expect(try poller.poll(timeout: .zero) == 0)
        wakeUp.signal()
        #expect(try push.send([[1]]) == .queued)
        #expect(try eventually(polling: quiet) { try poller.poll(timeout: patience) == 2 })
        #expect(poller.events(at: loud) == .input)
        #expect(poller.events(at: silent) == [])
        #expect(poller.events(at: descriptor) == .input)
    }

    @Test func aSourceThatIsNotWantedIsNotReported() throws {
        let wakeUp = try WakeUp()
        let poller = Poller()
        let source = poller.add(descriptor: wakeUp.descriptor)
        wakeUp.signal()
        poller.setEvents([], of: source)
        #expect(try poller.poll(timeout: .zero) == 0)
        poller.setEvents(.input, of: source)
        #expect(try poller.poll(timeout: .zero) == 1)
    }

    @Test func aSocketWithoutAPeerIsNotReadyForOutput() throws {
        let context = try Context()
        let push = try Socket(context, .push)
        let poller = Poller()
        let source = poller.add(push, for: [.input, .output])
        #expect(try poller.poll(timeout: .zero) == 0)
        let pull = try Socket(context, .pull)
        try pull.bind("inproc://output")
        try push.connect("inproc://output")
        #expect(try poller.poll(timeout: patience) == 1)
        #expect(poller.events(at: source) == .output)
    }

    @Test func aShortTimeoutIsNotABusyWait() throws {
        let wakeUp = try WakeUp()
        let poller = Poller()
        _ = poller.add(descriptor: wakeUp.descriptor)
        let elapsed = try ContinuousClock().measure { try poller.poll(timeout: .microseconds(1)) }
        wakeUp.clear()
        #expect(elapsed >= .milliseconds(1))
    }
}
