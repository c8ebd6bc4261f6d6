import Testing
import ZeroMQ

@Suite struct PublishTests {
    @Test func everySubscriptionIsReportedRepeatedOnesToo() throws {
        let context = try Context()
        let xpub = try Socket(context, .xpub)
        let endpoint = try xpub.bind("tcp://127.0.0.1:*")
        let subscribers = try (0..<3).map { _ in try Socket(context, .sub) }
        for subscriber in subscribers {
            try subscriber.subscribe("e1/a/")
            try subscriber.connect(endpoint)
            #expect(try next(xpub) == [[1] + Array("e1/a/".utf8)])
        }
    }

    @Test func onlyTheTopicsAskedForArrive() throws {
        let context = try Context()
        let xpub = try Socket(context, .xpub)
        let endpoint = try xpub.bind("tcp://127.0.0.1:*")
        let sub = try Socket(context, .sub)
        try sub.connect(endpoint)
        try sub.subscribe("a/7/")
        #expect(try next(xpub) == [[1] + Array("a/7/".utf8)])
        for topic in ["a/8/", "a/70/", "a/7", "a/7/x"] {
            #expect(try xpub.send([Array(topic.utf8), [1]]) == .queued)
        }
        #expect(try next(sub) == [Array("a/7/x".utf8), [1]])
    }

    @Test func aSubscriberThatDoesNotReadHoldsNobody() throws {
        let context = try Context()
        var options = Socket.Options()
        options.sendQueue = 8
        let xpub = try Socket(context, .xpub, options)
        let endpoint = try xpub.bind("tcp://127.0.0.1:*")
        let sub = try Socket(context, .sub)
        try sub.subscribe("")
        try sub.connect(endpoint)
        _ = try next(xpub)
        let payload = [UInt8](repeating: 0, count: 64 << 10)
        for _ in 0..<1000 { #expect(try xpub.send([[1], payload]) == .queued) }
    }
}
