import Testing
import Worker

@Suite struct ServerAddressTests {
    @Test(arguments: [
        ("127.0.0.1", "tcp://127.0.0.1:5558"), ("127.0.0.1:7000", "tcp://127.0.0.1:7003"),
        ("gpu-1.example", "tcp://gpu-1.example:5558"), ("[::1]", "tcp://[::1]:5558"),
        ("[::1]:65532", "tcp://[::1]:65535"),
    ])
    func anAddressNamesTheWorkSocket(text: String, endpoint: String) {
        #expect(ServerAddress(text)?.workEndpoint == endpoint)
    }

    @Test(arguments: [
        "", ":", ":5555", "host:", "host:0", "host:65533", "host:99999999999999999999", "host:-1", "host:5555:6", "::1",
        "[::1", "[]", "[::1]5555", "a b", "tcp://host",
    ])
    func whatIsNoAddressIsNotTaken(text: String) {
        #expect(ServerAddress(text) == nil)
    }
}
