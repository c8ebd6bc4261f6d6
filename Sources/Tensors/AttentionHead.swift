import CKernels

/// One head of one sequence within the rows of a batch.
package struct AttentionHead {
    /// The sequence: its rows attend to each other and to nothing else.
    package let rows: Range<Int>
    /// Which columns, `index * size ..< (index + 1) * size` of each third of the projections.
    package let index, size: Int

    package init(rows: Range<Int>, index: Int, size: Int) {
        self.rows = rows
        self.index = index
        self.size = size
    }

    /// The head's columns in the rows of projections `[tokens, 3 * hidden]`: queries, keys and values side by side.
    func view(_ projections: Matrix, hidden: Int) -> ck_head {
        precondition(projections.columns == 3 * hidden && (index + 1) * size <= hidden, "head \(index) of \(hidden)")
        precondition(rows.upperBound <= projections.rows, "rows \(rows) of \(projections.rows)")
        let first = projections.elements + rows.lowerBound * projections.columns + index * size
        return ck_head(
            query: first, key: first + hidden, value: first + 2 * hidden, stride: projections.columns,
            tokens: rows.count, size: size, scale: 1 / Float(size).squareRoot())
    }

    /// The first of the head's elements in a matrix `[tokens, hidden]`.
    func place(in x: Matrix) -> UnsafeMutablePointer<Float> {
        precondition(rows.upperBound <= x.rows, "rows \(rows) of \(x.rows)")
        return x.elements + rows.lowerBound * x.columns + index * size
    }

    /// The softmax of the head's first query in `[heads, 2 * tokens]`.
    func softmax(in kept: Matrix) -> UnsafeMutablePointer<ck_softmax> {
        precondition(kept.rows > index && kept.columns >= 2 * rows.upperBound, "head \(index), rows \(rows)")
        return UnsafeMutableRawPointer(kept.elements + index * kept.columns).assumingMemoryBound(to: ck_softmax.self)
            + rows.lowerBound
    }
}
