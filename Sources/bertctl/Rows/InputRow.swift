package import Messages

/// One row of a run: what its job carries, and the record it came from.
package struct InputRow {
    /// The record as it was read, for an output that keeps it.
    package enum Record: Equatable {
        /// The fields of a table's row.
        case fields([[UInt8]])
        /// A line of JSON.
        case line([UInt8])
    }

    /// What is embedded, classified, tagged or asked.
    package let text: Text
    /// The other text of a pair; the context of a question.
    package let second: Text?
    /// `nil` for a row that has nothing but its text.
    package let record: Record?

    package init(text: Text, second: Text? = nil, record: Record? = nil) {
        self.text = text
        self.second = second
        self.record = record
    }

    package var byteCount: Int { text.byteCount + (second?.byteCount ?? 0) }
}
