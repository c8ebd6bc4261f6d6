/// A set of examples that a model is judged on or asked about.
package struct EvaluationSet: Sendable, Equatable {
    /// As metrics and files name it: `dev`, `dev_mismatched`, `test`.
    package let name: String
    package let examples: [Example]

    package init(name: String, examples: [Example]) {
        self.name = name
        self.examples = examples
    }
}
