import Client
import Testing

struct ServerTests {
    @Test(
        arguments: [
            ("localhost", "localhost:5555"), ("10.0.0.7:6000", "10.0.0.7:6000"), ("[::1]:7000", "[::1]:7000"),
            ("[::1]", "[::1]:5555"), ("::1", "[::1]:5555"), ("fe80::1%eth0", "[fe80::1%eth0]:5555"),
            ("h:65532", "h:65532"),
        ])
    func addressesAreRead(_ text: String, _ expected: String) throws {
        #expect(try Server(text).description == expected)
    }

    @Test(
        arguments: [
            "", ":5555", "host:", "host:0", "host:65533", "host:x", "[::1", "[::1]5555", "[::1]:", "a b", "tcp://h:1",
            "h:-1", "[]:5555", "host:+5555 ",
        ])
    func whatIsNoAddressIsRefused(_ text: String) {
        #expect(throws: ClientError.invalidAddress(text)) { try Server(text) }
    }
}
