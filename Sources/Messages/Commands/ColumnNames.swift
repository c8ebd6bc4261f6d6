/// Names of the columns that a run reads, where they are not the task's own.
public struct ColumnNames: Hashable, Sendable {
    public var text: String?
    public var text2: String?
    public var label: String?

    public init(text: String? = nil, text2: String? = nil, label: String? = nil) {
        self.text = text
        self.text2 = text2
        self.label = label
    }
}
