import Testing
import ZeroMQ

@Suite struct EndpointTests {
    @Test func aPortInUseIsNamed() throws {
        let context = try Context()
        let first = try Socket(context, .pull)
        let endpoint = try first.bind("tcp://127.0.0.1:*")
        let second = try Socket(context, .pull)
        #expect(throws: ZeroMQError.addressInUse(endpoint: endpoint)) { try second.bind(endpoint) }
        let sentence = ZeroMQError.addressInUse(endpoint: "tcp://127.0.0.1:5555").description
        #expect(sentence == "tcp://127.0.0.1:5555 is in use by another program, expected a free port")
    }

    @Test func theEndpointThatWasBoundIsWrittenAsItWasAskedFor() throws {
        let socket = try Socket(try Context(), .pull)
        let endpoint = try socket.bind("tcp://127.0.0.1:*")
        #expect(endpoint.hasPrefix("tcp://127.0.0.1:"))
        #expect(try #require(UInt16(endpoint.dropFirst("tcp://127.0.0.1:".count))) > 0)
    }

    @Test func anUnboundPortIsFreeAgain() throws {
        let context = try Context()
        let first = try Socket(context, .pull)
        let endpoint = try first.bind("tcp://127.0.0.1:*")
        try first.unbind(endpoint)
        let second = try Socket(context, .pull)
        #expect(try eventually(polling: second) { (try? second.bind(endpoint)) != nil })
    }

    @Test(arguments: ["", "5555", "tcp://", "tcp://127.0.0.1", "carrier://pigeon", "tcp://:x"])
    func whatIsNoEndpointIsRefused(text: String) throws {
        let socket = try Socket(try Context(), .pull)
        #expect(throws: ZeroMQError.invalidEndpoint(text)) { try socket.bind(text) }
    }

    @Test func anAddressOfAnotherMachineCannotBeBound() throws {
        let socket = try Socket(try Context(), .pull)
        let endpoint = "tcp://192.0.2.1:5555"
        #expect(throws: ZeroMQError.addressNotHere(endpoint: endpoint)) { try socket.bind(endpoint) }
    }

    @Test func aVeryLongDurationIsTheLongestPossible() throws {
        var options = Socket.Options()
        options.connectTimeout = .seconds(Int64.max)
        options.handshakeTimeout = .seconds(Int64.max)
        options.reconnectCeiling = .seconds(3_000_000)
        let socket = try Socket(try Context(), .pull, options)
        try socket.bind("tcp://127.0.0.1:*")
    }
}
