/// The columns of a person's table, or the members of a person's JSON lines, that hold what is to be learned.
package struct DataColumns: Sendable, Hashable {
    package var text: String
    /// nil where the texts are no pairs.
    package var text2: String?
    package var label: String

    package init(text: String? = nil, text2: String? = nil, label: String? = nil) {
        self.text = text ?? "text"
        self.text2 = text2
        self.label = label ?? "label"
    }
}
