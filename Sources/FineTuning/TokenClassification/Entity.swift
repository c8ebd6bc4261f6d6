/// A stretch of a text that a model has a name for.
package struct Entity: Sendable, Equatable {
    /// The type, without what its tags begin with.
    package let label: String
    package let text: String
    package let place: TextSpan
    /// The mean probability of its words' tags.
    package let score: Float
}
