package import Messages

/// The texts of a run, in portions that make a job: from the command line or from a file.
package struct TextFeed {
    private var given: ArraySlice<Text> = []
    private let givenCount: Int
    private var source: TextSource?
    /// Read already, and too much for the last portion.
    private var held: Text?

    /// - Throws: `Failure.noInput` for a file that is not there: a name is never taken for a text
    package init(texts: [String], input: String?, field: String?, column: String?) throws(Failure) {
        given = ArraySlice(texts.map { Text($0) })
        givenCount = texts.count
        guard let input else { return }
        if let field {
            source = try TextSource(input, .jsonLines(field: field))
        } else if let column {
            source = try TextSource(input, .table(column: column, .init(path: input)))
        } else {
            source = try TextSource(input, .lines)
        }
    }

    package var fraction: Double? {
        source == nil ? 1 - Double(given.count) / Double(max(1, givenCount)) : source?.fraction
    }

    /// The next texts, at most `count` of them and, unless it is a single one, at most `byteCount` bytes.
    ///
    /// - Returns: empty at the end
    package mutating func portion(count: Int, byteCount: Int) throws(Failure) -> [Text] {
        var portion: [Text] = []
        var bytes = 0
        while portion.count < count, let text = try next() {
            bytes += text.byteCount
            guard portion.isEmpty || bytes <= byteCount else {
                held = text
                break
            }
            portion.append(text)
        }
        return portion
    }

    private mutating func next() throws(Failure) -> Text? {
        if let text = held {
            held = nil
            return text
        }
        if source == nil { return given.popFirst() }
        return try source?.next()
    }
}
