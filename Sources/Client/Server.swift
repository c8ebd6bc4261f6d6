/// Where a service listens: a host and the first of its four ports (commands, events, control, work).
public struct Server: Sendable, Hashable, CustomStringConvertible {
    /// A name, an IPv4 address, or an IPv6 address without brackets.
    public let host: String
    public let basePort: Int

    public static let local = Server(host: "127.0.0.1", basePort: defaultPort)
    private static let defaultPort = 5555

    private init(host: String, basePort: Int) {
        self.host = host
        self.basePort = basePort
    }

    /// Reads `HOST` or `HOST:BASE`; an IPv6 address with a port stands in brackets, as in `[::1]:5555`.
    public init(_ text: String) throws(ClientError) {
        guard let (host, port) = Self.split(text), Self.isHost(host) else { throw .invalidAddress(text) }
        guard let port = port.map({ Self.port($0) }) ?? Self.defaultPort else { throw .invalidAddress(text) }
        self.init(host: host, basePort: port)
    }

    public var description: String { address(basePort) }

    var commands: String { "tcp://\(address(basePort))" }
    var events: String { "tcp://\(address(basePort + 1))" }
    var control: String { "tcp://\(address(basePort + 2))" }
    var controlPort: Int { basePort + 2 }

    private func address(_ port: Int) -> String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    private static func split(_ text: String) -> (host: String, port: String?)? {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            let host = String(text[text.index(after: text.startIndex)..<end])
            let rest = text[text.index(after: end)...]
            if rest.isEmpty { return (host, nil) }
            return rest.first == ":" ? (host, String(rest.dropFirst())) : nil
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        switch parts.count {
        case 1: return (text, nil)
        case 2: return (String(parts[0]), String(parts[1]))
        default: return (text, nil)
        }
    }

    private static func isHost(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 253
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: ":"), UInt8(ascii: "%"):
                    true
                default: false
                }
            }
    }

    /// All four ports must exist.
    private static func port(_ text: String) -> Int? {
        guard let port = Int(text), (1...65532).contains(port) else { return nil }
        return port
    }
}
