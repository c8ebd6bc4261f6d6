package import Client
package import Messages

/// The rows of a result one by one, as what each came to.
package struct OutcomeRows: Sequence, IteratorProtocol {
    package struct Row {
        /// Within the result.
        package let index: Int
        package let tokenCount: Int
        package let status: RowNote.Status?
        package let outcome: RowOutcome
        /// Of each label, where the whole text has one; none for a row that was rejected.
        package let probabilities: [(label: String, value: Float)]

        package var isTruncated: Bool {
            if case .truncated = status { true } else { false }
        }

        package var isRejected: Bool {
            if case .rejected = status { true } else { false }
        }
    }

    private let result: JobResult
    private let notes: [Int: RowNote.Status]
    private var index = 0

    package init(_ result: JobResult) {
        self.result = result
        notes = Dictionary(result.notes.map { ($0.row, $0.status) }, uniquingKeysWith: { first, _ in first })
    }

    package mutating func next() -> Row? {
        guard index < result.rowsDone, index < result.outcomes.count, index < result.tokenCounts.count else {
            return nil
        }
        defer { index += 1 }
        let status = notes[result.firstRow + index]
        return Row(
            index: index, tokenCount: Int(result.tokenCounts[index]), status: status, outcome: result.outcomes[index],
            probabilities: probabilities(ofRow: index, status))
    }

    private func probabilities(ofRow row: Int, _ status: RowNote.Status?) -> [(label: String, value: Float)] {
        let labels = result.labels
        if case .rejected = status { return [] }
        guard result.width == labels.count, result.elementType == .float32,
            (row + 1) * labels.count * 4 <= result.bytes.count
        else { return [] }
        return result.bytes.withUnsafeBytes { bytes in
            labels.enumerated().map { column, label in
                let offset = (row * labels.count + column) * 4
                let bits = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
                return (label, Float(bitPattern: UInt32(littleEndian: bits)))
            }
        }
    }
}
