package import Messages

/// A model as the loop uses it: what work it does under which options.
///
/// It holds a closure, so that the loop can be tested with arithmetic that needs no model.
package struct ServedModel: Sendable {
    /// Tokens of a row at most, special ones included.
    package let maxTokens: Int
    private let makeWork: @Sendable (WorkOptions) throws(ServiceError) -> any RowWork

    package init(
        maxTokens: Int, makeWork: @escaping @Sendable (WorkOptions) throws(ServiceError) -> any RowWork
    ) {
        self.maxTokens = maxTokens
        self.makeWork = makeWork
    }

    /// The work that the options ask for.
    ///
    /// - Throws: where the model cannot do it
    package func work(_ options: WorkOptions) throws(ServiceError) -> any RowWork { try makeWork(options) }
}
