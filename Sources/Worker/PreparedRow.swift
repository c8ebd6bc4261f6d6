package import Messages
import Tokenization

/// One row after tokenization.
package struct PreparedRow: Sendable {
    /// One sequence a forward pass; a long context is several. None for a rejected row, which is not computed.
    package let sequences: [PreparedSequence]
    /// nil: plainly ok.
    package let note: RowNote.Status?
    /// What its work needs to make words of the numbers.
    package let source: RowSource

    package init(sequences: [PreparedSequence], note: RowNote.Status? = nil, source: RowSource = .none) {
        self.sequences = sequences
        self.note = note
        self.source = source
    }

    package static func rejected(_ error: ServiceError) -> PreparedRow {
        PreparedRow(sequences: [], note: .rejected(error))
    }

    package var isRejected: Bool { sequences.isEmpty }

    /// Of all its sequences, special ones included.
    package var tokenCount: Int { sequences.reduce(0) { $0 + $1.ids.count } }
}

/// Token ids as the encoder takes them.
package struct PreparedSequence: Sendable, Equatable {
    /// Special tokens included; not empty.
    package let ids: [Int32]
    /// One a token; nil: all zero.
    package let types: [UInt8]?

    package init(ids: [Int32], types: [UInt8]? = nil) {
        precondition(!ids.isEmpty && types?.count ?? ids.count == ids.count, "types for \(ids.count) ids")
        self.ids = ids
        self.types = types
    }
}

extension PreparedSequence {
    init(_ encoding: Encoding) {
        self.init(ids: encoding.ids, types: encoding.tokenTypes.map { UInt8($0) })
    }
}
