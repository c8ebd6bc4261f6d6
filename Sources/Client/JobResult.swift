public import Messages

/// The rows of a job's result, put together in their order.
public struct JobResult: Equatable, Sendable {
    /// Rows that the job has.
    public let rowCount: Int
    /// Where the rows that are here begin.
    public let firstRow: Int
    /// Rows that are here.
    public private(set) var rowsDone = 0
    public private(set) var elementType: ElementType?
    /// Numbers in one vector; `nil` before the first rows.
    public private(set) var width: Int?
    /// Little-endian, row-major; `[rowsDone, width]`, and `[sum of tokenCounts, width]` with token vectors.
    public private(set) var bytes: [UInt8] = []
    public private(set) var tokenCounts: [UInt32] = []
    public private(set) var notes: [RowNote] = []
    /// Names of the columns, where they have names.
    public private(set) var labels: [String] = []
    /// `[rowsDone]`, or none where the vectors are the result.
    public private(set) var outcomes: [RowOutcome] = []

    public init(rowCount: Int, firstRow: Int = 0) {
        self.rowCount = rowCount
        self.firstRow = firstRow
    }

    /// The first row that is not here yet.
    public var nextRow: Int { firstRow + rowsDone }
    public var isComplete: Bool { nextRow >= rowCount }

    /// Takes the next rows; others (told twice, after a gap, without their bytes, or not of their digest) are left, to be
    /// fetched at the end.
    ///
    /// - Returns: whether they were taken
    @discardableResult
    public mutating func append(_ rows: ResultRows, tensor: [UInt8]) -> Bool {
        guard rows.firstRow == nextRow, rows.count > 0, rows.count <= rowCount - nextRow, rows.match(tensor),
            rows.shape.count == 2, rows.hasShapeOfRows,
            width == nil || (rows.shape[1] == width && rows.elementType == elementType && rows.labels == labels),
            rows.hasOutcomes, rowsDone == 0 || rows.outcomes.isEmpty == outcomes.isEmpty
        else { return false }
        elementType = rows.elementType
        width = rows.shape[1]
        bytes += tensor
        tokenCounts += rows.tokenCounts
        notes += rows.notes
        labels = rows.labels
        outcomes += rows.outcomes
        rowsDone += rows.count
        return true
    }
}

extension ResultRows {
    /// One a row, or none beside vectors: an event of a job that asked for notices is without them.
    fileprivate var hasOutcomes: Bool { outcomes.count == count || outcomes.isEmpty && shape[1] > 0 && labels.isEmpty }

    /// A vector a row, or a vector a token.
    fileprivate var hasShapeOfRows: Bool {
        shape[0] == count || shape[0] == tokenCounts.reduce(0) { $0 + Int($1) }
    }
}
