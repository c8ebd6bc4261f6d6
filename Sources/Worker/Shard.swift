import Messages
import Tasks

/// A lease that is being worked off: how far each of its rows has come.
struct Shard {
    enum Row {
        case waiting
        /// Tokenized, and in a micro-batch or on its way into one.
        case prepared(PreparedRow)
        case done(PreparedRow, bytes: [UInt8])
    }

    let lease: Lease
    let key: BatchKey
    /// nil while it is being loaded.
    var model: ServedModel?
    private(set) var rows: [Row]
    /// Rows handed out for tokenization, from the first.
    private var dispatchedCount = 0
    private var doneCount = 0
    /// Whether a row of it was computed or is in a micro-batch.
    private(set) var isStarted = false
    /// Floats of one vector; known with the first prepared rows.
    private var width = 0
    private var computeTime = Duration.zero

    init(_ lease: Lease, key: BatchKey) {
        self.lease = lease
        self.key = key
        rows = Array(repeating: .waiting, count: lease.embed.texts.count)
    }

    var isFinished: Bool { doneCount == rows.count }

    /// The next rows to tokenize: at least one, then as many as stay within `byteCount` of text; nil when all are.
    mutating func dispatch(byteCount: Int) -> Scheduler.Preparation? {
        let texts = lease.embed.texts
        let first = dispatchedCount
        guard let model, first < texts.count else { return nil }
        var bytes = 0
        repeat {
            bytes += texts[dispatchedCount].byteCount
            dispatchedCount += 1
        } while dispatchedCount < texts.count && bytes + texts[dispatchedCount].byteCount <= byteCount
        let range = first..<dispatchedCount
        return Scheduler.Preparation(
            fence: lease.fence, rows: range, texts: Array(texts[range]), key: key, model: model)
    }

    mutating func prepare(_ index: Int, _ row: PreparedRow, width: Int) {
        self.width = width
        if row.isRejected {
            let vectors = key.options.pooling == .tokens ? 0 : 1
            finish(index, row, Array(repeating: 0, count: vectors * vectorBytes))
        } else {
            rows[index] = .prepared(row)
        }
    }

    mutating func start() {
        isStarted = true
    }

    /// Takes in the vector, or the vectors, of a computed row.
    mutating func complete(_ index: Int, bytes: [UInt8], computeTime: Duration) {
        guard case .prepared(let row) = rows[index] else { return }
        self.computeTime += computeTime
        finish(index, row, bytes)
    }

    private mutating func finish(_ index: Int, _ row: PreparedRow, _ bytes: [UInt8]) {
        rows[index] = .done(row, bytes: bytes)
        doneCount += 1
    }

    private var vectorBytes: Int { width * key.options.resultType.byteCount }

    /// The finished rows as the broker wants them.
    func report() -> Report {
        var chunks = ChunkBuilder(shard: self, width: width)
        var usage = Usage()
        usage.computeTime = computeTime
        for (index, row) in rows.enumerated() {
            guard case .done(let prepared, let bytes) = row else { continue }
            usage.count(prepared, textBytes: lease.embed.texts[index].byteCount)
            chunks.append(prepared, bytes)
        }
        let (results, tensors) = chunks.finish()
        let finished = Finished(fence: lease.fence, chunks: results, usage: usage, maxTokens: model?.maxTokens ?? 0)
        return .finished(finished, tensors: tensors)
    }
}

extension Usage {
    fileprivate mutating func count(_ row: PreparedRow, textBytes: Int) {
        rows += 1
        tokens += row.ids.count
        self.textBytes += textBytes
        if case .truncated = row.note { truncatedRows += 1 }
        if row.isRejected { rejectedRows += 1 }
    }
}
