import Testing
import ZeroMQ

@Suite struct RouterTests {
    @Test func anAbsentPeerIsAValue() throws {
        let router = try Socket(try Context(), .router)
        try router.bind("tcp://127.0.0.1:*")
        #expect(try router.send([[1, 2, 3], [4]]) == .noSuchPeer)
        #expect(try router.receive(within: roomy) == nil)
    }

    @Test func aReplyReachesTheDealerThatAsked() throws {
        let context = try Context()
        let router = try Socket(context, .router)
        let endpoint = try router.bind("tcp://127.0.0.1:*")
        let dealers = try (0..<3).map { _ in try Socket(context, .dealer) }
        for (number, dealer) in dealers.enumerated() {
            try dealer.connect(endpoint)
            #expect(try dealer.send([[UInt8(number)]]) == .queued)
        }
        for _ in dealers {
            let request = try next(router)
            #expect(try router.send([request[0], [request[1][0] + 100]]) == .queued)
        }
        for (number, dealer) in dealers.enumerated() { #expect(try next(dealer) == [[UInt8(number) + 100]]) }
    }

    @Test func anIDGoesOverToTheNewestConnection() throws {
        let context = try Context()
        let router = try Socket(context, .router)
        let endpoint = try router.bind("tcp://127.0.0.1:*")
        var options = Socket.Options()
        options.routingID = Array("worker".utf8)
        for generation: UInt8 in 1...3 {
            let dealer = try Socket(context, .dealer, options)
            try dealer.connect(endpoint)
            #expect(try dealer.send([[generation]]) == .queued)
            #expect(try next(router) == [Array("worker".utf8), [generation]])
            #expect(try router.send([Array("worker".utf8), [generation]]) == .queued)
            #expect(try next(dealer) == [[generation]])
        }
    }
}
