import Foundation
import Testing
import ZeroMQ

@Suite struct SignalDescriptorTests {
    /// Each signal is aimed at the test's own thread, where it is blocked.
    @Test(arguments: zip([SIGTERM, SIGINT, SIGCHLD, SIGHUP], SignalDescriptor.Signal.allCases))
    func aBlockedSignalIsReadInThePollLoop(number: Int32, signal: SignalDescriptor.Signal) throws {
        let signals = try Background { () throws -> [[SignalDescriptor.Signal]] in
            SignalDescriptor.block()
            let descriptor = try SignalDescriptor()
            let poller = Poller()
            let source = poller.add(descriptor: descriptor.descriptor)
            let before = descriptor.drain()
            pthread_kill(pthread_self(), number)
            pthread_kill(pthread_self(), number)
            try poller.poll(timeout: patience)
            #expect(poller.events(at: source) == .input)
            return [before, descriptor.drain(), descriptor.drain()]
        }
        #expect(try signals.wait() == [[], [signal], []])
    }
}
