package import Messages

/// What one row of a lease has for the model: a text, or two.
package struct RowInput: Sendable, Equatable {
    package let text: Text
    /// The second text of a pair; the context of a question.
    package let second: Text?

    package init(_ text: Text, _ second: Text? = nil) {
        self.text = text
        self.second = second
    }

    var byteCount: Int { text.byteCount + (second?.byteCount ?? 0) }
}
