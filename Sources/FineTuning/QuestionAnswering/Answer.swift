/// A stretch of a context that answers a question, or that there is none.
package struct Answer: Sendable, Equatable {
    /// As it stands in the context; empty where the context does not answer.
    package let text: String
    package let place: TextSpan
    /// The logits of start and end together.
    package let score: Float
    /// Of all answers that are returned together; they sum to 1.
    package let probability: Float

    package var isNone: Bool { place.bytes.isEmpty }
}
