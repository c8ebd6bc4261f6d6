/// The one address that names a server: `HOST` or `HOST:BASE`, where its four ports begin.
package struct ServerAddress: Sendable, Equatable {
    package static let `default` = ServerAddress(host: "127.0.0.1", base: defaultBase)
    /// What `init` takes, in words.
    package static let expected = "HOST or HOST:BASE, such as 127.0.0.1:5555"
    private static let defaultBase = 5555
    /// The work socket is the last of four.
    private static let workOffset = 3

    /// A name, an IPv4 address, or an IPv6 address in brackets.
    package let host: String
    package let base: Int

    private init(host: String, base: Int) {
        self.host = host
        self.base = base
    }

    /// nil unless `text` is such an address with room for four ports.
    package init?(_ text: String) {
        let host: Substring
        let rest: Substring
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            (host, rest) = (text[...end], text[text.index(after: end)...])
        } else {
            let end = text.firstIndex(of: ":") ?? text.endIndex
            (host, rest) = (text[..<end], text[end...])
        }
        guard !host.isEmpty, host != "[]", !host.contains(where: { $0.isWhitespace || $0 == "/" }) else { return nil }
        self.host = String(host)
        if rest.isEmpty {
            base = Self.defaultBase
        } else {
            guard rest.first == ":", let base = Int(rest.dropFirst()), (1...65_535 - Self.workOffset).contains(base)
            else { return nil }
            self.base = base
        }
    }

    /// Where workers connect.
    package var workEndpoint: String { "tcp://\(host):\(base + Self.workOffset)" }
}
