/// A question about a context, and what people answered.
package struct Question: Sendable, Equatable {
    package struct GoldAnswer: Sendable, Equatable {
        package let text: String
        /// Where it stands in the context, in UTF-8.
        package let bytes: Range<Int>
    }

    package let id: String
    package let text: String
    /// The index of its context in the file.
    package let context: Int
    /// Empty where the context does not answer; nil where nobody has said.
    package let answers: [GoldAnswer]?

    package var isImpossible: Bool { answers?.isEmpty == true }
}
