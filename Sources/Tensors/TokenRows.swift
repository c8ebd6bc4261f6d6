/// A vocabulary index, a place in its sequence and a type for each row of a batch.
package struct TokenRows {
    package let ids, positions: [Int32]
    package let types: [UInt8]

    package init(ids: [Int32], positions: [Int32], types: [UInt8]) {
        precondition(ids.count == positions.count && ids.count == types.count, "\(ids.count), \(positions.count)")
        self.ids = ids
        self.positions = positions
        self.types = types
    }

    /// Calls `body` with the first of `rows`, unless there are none.
    func from(
        _ rows: Range<Int>,
        _ body: (UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<UInt8>) -> Void
    ) {
        precondition(rows.upperBound <= ids.count, "rows \(rows) of \(ids.count)")
        let first = rows.lowerBound
        ids.withUnsafeBufferPointer { ids in
            positions.withUnsafeBufferPointer { positions in
                types.withUnsafeBufferPointer { types in
                    guard let id = ids.baseAddress, let place = positions.baseAddress, let type = types.baseAddress
                    else { return }
                    body(id + first, place + first, type + first)
                }
            }
        }
    }
}
