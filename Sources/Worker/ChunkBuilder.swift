import Messages
import Tasks

/// Cuts the rows of a shard, in row order, into results of at most `Limits.inlineResultBytes` each.
///
/// A single row that is larger is a chunk of its own.
struct ChunkBuilder {
    private let isPerToken: Bool
    private let elementType: ElementType
    private let width: Int
    private var nextRow: Int
    private var firstRow: Int
    private var tokenCounts: [UInt32] = []
    private var notes: [RowNote] = []
    private var tensor: [UInt8] = []
    private var results: [ResultRows] = []
    private var tensors: [[UInt8]] = []

    init(shard: Shard, width: Int) {
        isPerToken = shard.key.options.pooling == .tokens
        elementType = ElementType(shard.key.options.resultType)
        self.width = width
        nextRow = shard.lease.firstRow
        firstRow = nextRow
    }

    mutating func append(_ row: PreparedRow, _ bytes: [UInt8]) {
        if !tokenCounts.isEmpty, tensor.count + bytes.count > Limits.inlineResultBytes { close() }
        tokenCounts.append(UInt32(clamping: row.ids.count))
        if let status = row.note { notes.append(RowNote(row: nextRow, status: status)) }
        tensor += bytes
        nextRow += 1
    }

    mutating func finish() -> (results: [ResultRows], tensors: [[UInt8]]) {
        if !tokenCounts.isEmpty { close() }
        return (results, tensors)
    }

    private mutating func close() {
        let vectors = isPerToken ? tokenCounts.reduce(0) { $0 + Int($1) } : tokenCounts.count
        results.append(
            ResultRows(
                firstRow: firstRow, count: tokenCounts.count, elementType: elementType, shape: [vectors, width],
                digest: Digest(of: tensor), tokenCounts: tokenCounts, notes: notes))
        tensors.append(tensor)
        (firstRow, tokenCounts, notes, tensor) = (nextRow, [], [], [])
    }
}

extension ElementType {
    fileprivate init(_ type: ResultType) {
        switch type {
        case .float32: self = .float32
        case .float16: self = .float16
        }
    }
}
