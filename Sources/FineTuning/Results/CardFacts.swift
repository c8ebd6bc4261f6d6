/// What only the one who orders a run knows and its model card tells.
package struct CardFacts: Sendable, Equatable {
    /// What the data are for, and where they come from: a file's name, or a registered set.
    package struct Source: Sendable, Equatable {
        package let role: String
        package let source: String

        package init(role: String, source: String) {
            self.role = role
            self.source = source
        }
    }

    package let name: String
    /// The model that is fine-tuned.
    package let base: String
    package let data: [Source]

    package init(name: String, base: String, data: [Source]) {
        self.name = name
        self.base = base
        self.data = data
    }
}
