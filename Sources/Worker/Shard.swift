import Messages

/// A lease that is being worked off: how far each of its rows has come.
struct Shard {
    enum Row {
        case waiting
        /// Tokenized, and in micro-batches or on its way into them.
        case prepared(PreparedRow)
        case done(PreparedRow, RowYield)
    }

    let lease: Lease
    let key: BatchKey
    let inputs: [RowInput]
    /// nil while it is being loaded.
    var model: ServedModel?
    private(set) var rows: [Row]
    /// Rows handed out for tokenization, from the first.
    private var dispatchedCount = 0
    private var doneCount = 0
    /// Whether a row of it was computed or is in a micro-batch.
    private(set) var isStarted = false
    /// Known with the first prepared rows.
    private var form = ResultForm(width: 0)
    private var computeTime = Duration.zero

    init(_ lease: Lease, key: BatchKey, inputs: [RowInput]) {
        self.lease = lease
        self.key = key
        self.inputs = inputs
        rows = Array(repeating: .waiting, count: inputs.count)
    }

    var isFinished: Bool { doneCount == rows.count }

    /// The next rows to tokenize: at least one, then as many as stay within `byteCount` of text; nil when all are.
    mutating func dispatch(byteCount: Int) -> Scheduler.Preparation? {
        let first = dispatchedCount
        guard let model, first < inputs.count else { return nil }
        var bytes = 0
        repeat {
            bytes += inputs[dispatchedCount].byteCount
            dispatchedCount += 1
        } while dispatchedCount < inputs.count && bytes + inputs[dispatchedCount].byteCount <= byteCount
        let range = first..<dispatchedCount
        return Scheduler.Preparation(
            fence: lease.fence, rows: range, inputs: Array(inputs[range]), key: key, model: model)
    }

    mutating func prepare(_ index: Int, _ row: PreparedRow, _ form: ResultForm) {
        self.form = form
        if row.isRejected {
            finish(index, row, form.rejected)
        } else {
            rows[index] = .prepared(row)
        }
    }

    mutating func start() {
        isStarted = true
    }

    /// A sequence of a row was computed; `yield` is there with the row's last one.
    mutating func complete(_ index: Int, _ yield: RowYield?, computeTime: Duration) {
        guard case .prepared(let row) = rows[index] else { return }
        self.computeTime += computeTime
        if let yield { finish(index, row, yield) }
    }

    private mutating func finish(_ index: Int, _ row: PreparedRow, _ yield: RowYield) {
        rows[index] = .done(row, yield)
        doneCount += 1
    }

    /// The finished rows as the broker wants them.
    func report() -> LeaseReport {
        var chunks = ChunkBuilder(firstRow: lease.firstRow, form: form)
        var usage = Usage()
        usage.computeTime = computeTime
        for (index, row) in rows.enumerated() {
            guard case .done(let prepared, let yield) = row else { continue }
            usage.count(prepared, textBytes: inputs[index].byteCount)
            chunks.append(prepared, yield)
        }
        let (results, tensors) = chunks.finish()
        let finished = Finished(fence: lease.fence, chunks: results, usage: usage, maxTokens: model?.maxTokens ?? 0)
        return .finished(finished, tensors: tensors)
    }
}

extension Usage {
    fileprivate mutating func count(_ row: PreparedRow, textBytes: Int) {
        rows += 1
        tokens += row.tokenCount
        self.textBytes += textBytes
        if case .truncated = row.note { truncatedRows += 1 }
        if row.isRejected { rejectedRows += 1 }
    }
}
