import CKernels

extension Kernels {
    /// Floats of scratch that `attend` needs for a sequence of `tokens` and heads of `size`.
    package func attendScratch(tokens: Int, size: Int) -> Int { table.pointee.attend_scratch(tokens, size) }

    /// Scaled dot-product self-attention of one head of one sequence (Vaswani et al. 2017, eq. 1).
    ///
    /// - Parameters:
    ///   - projections: `[tokens, 3 * hidden]`: queries, keys and values side by side
    ///   - rows: the sequence; its rows attend to each other and to nothing else
    ///   - head: which columns, `head * size ..< (head + 1) * size` of each third
    ///   - context: `[tokens, hidden]`; those rows and columns are written
    package func attend(
        _ projections: Matrix, rows: Range<Int>, head: Int, size: Int, into context: Matrix,
        scratch: UnsafeMutablePointer<Float>
    ) {
        let hidden = context.columns
        precondition(projections.columns == 3 * hidden && (head + 1) * size <= hidden, "head \(head) of \(hidden)")
        precondition(rows.upperBound <= min(projections.rows, context.rows), "rows \(rows) of \(context.rows)")
        let first = projections.elements + rows.lowerBound * projections.columns + head * size
        var view = ck_head(
            query: first, key: first + hidden, value: first + 2 * hidden, stride: projections.columns,
            tokens: rows.count, size: size, scale: 1 / Float(size).squareRoot())
        table.pointee.attend(&view, context.elements + rows.lowerBound * hidden + head * size, hidden, scratch)
    }
}
