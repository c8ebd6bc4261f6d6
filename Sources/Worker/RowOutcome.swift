/// What a row's numbers say in words.
package struct RowOutcome: Sendable, Equatable {
    package var label: String?
    package var score: Float?
    package var spans: [Span]

    package init(label: String? = nil, score: Float? = nil, spans: [Span] = []) {
        self.label = label
        self.score = score
        self.spans = spans
    }
}

package struct Span: Sendable, Equatable {
    package var label: String?
    package var text: String
    package var start: Int
    package var end: Int
    package var startByte: Int
    package var endByte: Int
    package var score: Float
}
