import Testing
import ZeroMQ

@Suite struct SocketTests {
    @Test(arguments: ["inproc://frames", "tcp://127.0.0.1:*"])
    func framesArriveAsTheyWereSent(endpoint: String) throws {
        let context = try Context()
        let pull = try Socket(context, .pull)
        let bound = try pull.bind(endpoint)
        let push = try Socket(context, .push)
        try push.connect(bound)
        let frames: [[UInt8]] = [[], [0], Array(repeating: 7, count: 33), Array(repeating: 8, count: 100_000), []]
        #expect(try push.send(frames) == .queued)
        #expect(try push.send([[42]]) == .queued)
        #expect(try next(pull) == frames)
        #expect(try next(pull) == [[42]])
        #expect(try pull.receive(within: roomy) == nil)
    }

    @Test func receivingFromAnEmptySocketIsNoError() throws {
        let socket = try Socket(try Context(), .pull)
        try socket.bind("inproc://empty")
        #expect(try socket.receive(within: roomy) == nil)
    }

    @Test func sendingWithoutAPeerTakesNothing() throws {
        let context = try Context()
        let push = try Socket(context, .push)
        #expect(try push.send([[1], [2]]) == .full)
        let pull = try Socket(context, .pull)
        try pull.bind("inproc://late")
        try push.connect("inproc://late")
        #expect(try push.send([[3], [4]]) == .queued)
        #expect(try next(pull) == [[3], [4]])
    }

    @Test func aFullQueueIsAValueAndNothingIsLost() throws {
        let context = try Context()
        var options = Socket.Options()
        options.sendQueue = 4
        options.receiveQueue = 4
        let pull = try Socket(context, .pull, options)
        try pull.bind("inproc://narrow")
        let push = try Socket(context, .push, options)
        try push.connect("inproc://narrow")
        var sent: UInt8 = 0
        while try push.send([[sent], [sent]]) == .queued { sent += 1 }
        #expect(sent == 8)
        for number in 0..<sent { #expect(try next(pull) == [[number], [number]]) }
        #expect(try eventually(polling: pull) { try push.send([[99]]) == .queued })
        #expect(try next(pull) == [[99]])
    }

    @Test func onlyToConnectedPeersKeepsNothingForAnAbsentOne() throws {
        var options = Socket.Options()
        options.onlyToConnectedPeers = true
        let push = try Socket(try Context(), .push, options)
        try push.connect("tcp://127.0.0.1:9")
        #expect(try push.send([[1]]) == .full)
    }

    @Test func theContextEndsThoughThePeerIsAbsent() throws {
        var options = Socket.Options()
        options.linger = .milliseconds(20)
        let elapsed = try ContinuousClock().measure {
            let push = try Socket(try Context(), .push, options)
            try push.connect("tcp://127.0.0.1:9")
            for _ in 0..<10 { #expect(try push.send([[1]]) == .queued) }
        }
        #expect(elapsed >= .milliseconds(20) && elapsed < patience)
    }

    @Test func lingerDeliversWhatWasSentBeforeClosing() throws {
        let context = try Context()
        var options = Socket.Options()
        options.receiveQueue = 500
        let pull = try Socket(context, .pull, options)
        let endpoint = try pull.bind("tcp://127.0.0.1:*")
        try sendAndClose(500, to: endpoint, context)
        for number in 0..<500 { #expect(try next(pull) == [[UInt8(number % 256)]]) }
    }

    private func sendAndClose(_ count: Int, to endpoint: String, _ context: Context) throws {
        let push = try Socket(context, .push)
        try push.connect(endpoint)
        for number in 0..<count { #expect(try push.send([[UInt8(number % 256)]]) == .queued) }
    }
}
