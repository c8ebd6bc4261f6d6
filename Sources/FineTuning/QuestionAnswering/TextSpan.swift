/// A stretch of a text, counted in Unicode scalars and in UTF-8 bytes.
package struct TextSpan: Sendable, Equatable {
    package let scalars: Range<Int>
    package let bytes: Range<Int>

    package init(scalars: Range<Int>, bytes: Range<Int>) {
        self.scalars = scalars
        self.bytes = bytes
    }

    /// What stands for no stretch at all.
    package static let none = TextSpan(scalars: 0..<0, bytes: 0..<0)

    /// From the first byte of this one to the last of a later one.
    func through(_ last: TextSpan) -> TextSpan {
        TextSpan(
            scalars: scalars.lowerBound..<last.scalars.upperBound, bytes: bytes.lowerBound..<last.bytes.upperBound)
    }

    /// The characters of `text` that lie here; its bytes must reach that far.
    func text(in text: String) -> String {
        let start = text.utf8.index(text.utf8.startIndex, offsetBy: bytes.lowerBound)
        let end = text.utf8.index(start, offsetBy: bytes.count)
        return String(decoding: text.utf8[start..<end], as: UTF8.self)
    }
}
