/// A text that stands for one id wherever it occurs, before anything else is looked at.
package struct AddedToken: Hashable, Sendable {
    package let content: String
    package let id: Int32
    /// Whether decoding leaves it out.
    package let isSpecial: Bool

    package init(content: String, id: Int32, isSpecial: Bool) {
        self.content = content
        self.id = id
        self.isSpecial = isSpecial
    }
}

/// Finds added tokens in a text: the leftmost, and of those that begin there the longest.
struct AddedTokens: Sendable {
    /// Longest first.
    private let tokens: [(bytes: [UInt8], token: AddedToken)]
    private let isFirstByte: [Bool]

    init(_ tokens: [AddedToken]) {
        self.tokens = tokens.map { (Array($0.content.utf8), $0) }
            .filter { !$0.bytes.isEmpty }
            .sorted { $0.bytes.count > $1.bytes.count }
        var first = [Bool](repeating: false, count: 256)
        for token in self.tokens { first[Int(token.bytes[0])] = true }
        isFirstByte = first
    }

    func token(of id: Int32) -> AddedToken? {
        tokens.first { $0.token.id == id }?.token
    }

    /// The next occurrence at or after `start`; nil if there is none.
    func next(
        in text: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> (range: Range<Int>, token: AddedToken)? {
        var position = start
        while position < text.count {
            if isFirstByte[Int(text[position])] {
                for (bytes, token) in tokens where bytes.count <= text.count - position {
                    if bytes.indices.allSatisfy({ text[position + $0] == bytes[$0] }) {
                        return (position..<position + bytes.count, token)
                    }
                }
            }
            position += 1
        }
        return nil
    }
}
