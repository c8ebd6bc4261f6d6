package import Messages

/// One text after tokenization.
package struct PreparedRow: Sendable, Equatable {
    /// Special tokens included; empty for a rejected row, which is not computed.
    package var ids: [Int32]
    /// nil: plainly ok.
    package var note: RowNote.Status?

    package init(ids: [Int32], note: RowNote.Status? = nil) {
        self.ids = ids
        self.note = note
    }

    package var isRejected: Bool { ids.isEmpty }
}
