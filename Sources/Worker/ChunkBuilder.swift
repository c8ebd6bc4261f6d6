import Messages

/// Cuts the rows of a shard, in row order, into results of at most `Limits.inlineResultBytes` each, words included.
///
/// A single row that is larger is a chunk of its own.
struct ChunkBuilder {
    private let form: ResultForm
    private var nextRow: Int
    private var firstRow: Int
    private var tokenCounts: [UInt32] = []
    private var notes: [RowNote] = []
    private var outcomes: [RowOutcome] = []
    private var outcomeBytes = 0
    private var tensor: [UInt8] = []
    private var results: [ResultRows] = []
    private var tensors: [[UInt8]] = []

    init(firstRow: Int, form: ResultForm) {
        self.form = form
        self.firstRow = firstRow
        nextRow = firstRow
    }

    mutating func append(_ row: PreparedRow, _ yield: RowYield) {
        let outcomeSize = yield.outcome?.byteCount ?? 0
        let size = tensor.count + yield.tensor.count + outcomeBytes + outcomeSize
        if !tokenCounts.isEmpty, size > Limits.inlineResultBytes { close() }
        tokenCounts.append(UInt32(clamping: row.tokenCount))
        if let status = row.note { notes.append(RowNote(row: nextRow, status: status)) }
        if let outcome = yield.outcome { outcomes.append(outcome) }
        outcomeBytes += outcomeSize
        tensor += yield.tensor
        nextRow += 1
    }

    mutating func finish() -> (results: [ResultRows], tensors: [[UInt8]]) {
        if !tokenCounts.isEmpty { close() }
        return (results, tensors)
    }

    private mutating func close() {
        let vectors = form.isPerToken ? tokenCounts.reduce(0) { $0 + Int($1) } : tokenCounts.count
        results.append(
            ResultRows(
                firstRow: firstRow, count: tokenCounts.count, elementType: form.elementType,
                shape: [vectors, form.width], digest: Digest(of: tensor), tokenCounts: tokenCounts, notes: notes,
                labels: form.labels, outcomes: outcomes))
        tensors.append(tensor)
        (firstRow, tokenCounts, notes, tensor) = (nextRow, [], [], [])
        (outcomes, outcomeBytes) = ([], 0)
    }
}
