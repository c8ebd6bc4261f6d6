import CKernels

extension Kernels {
    /// Floats of scratch that `attend` needs for a sequence of `tokens` and heads of `size`.
    package func attendScratch(tokens: Int, size: Int) -> Int { table.pointee.attend_scratch(tokens, size) }

    /// Floats of scratch that `attendBackward` needs.
    package func attendBackwardScratch(tokens: Int, size: Int) -> Int {
        table.pointee.attend_backward_scratch(tokens, size)
    }

    /// Scaled dot-product self-attention of one head of one sequence (Vaswani et al. 2017, eq. 1).
    ///
    /// - Parameters:
    ///   - projections: `[tokens, 3 * hidden]`: queries, keys and values side by side
    ///   - context: `[tokens, hidden]`; the head's rows and columns are written
    package func attend(
        _ projections: Matrix, rows: Range<Int>, head: Int, size: Int, into context: Matrix,
        scratch: UnsafeMutablePointer<Float>
    ) {
        let head = AttentionHead(rows: rows, index: head, size: size)
        var view = head.view(projections, hidden: context.columns)
        table.pointee.attend(&view, head.place(in: context), context.columns, nil, nil, scratch)
    }

    /// The same in training, where weights are dropped.
    ///
    /// - Parameters:
    ///   - kept: `[heads, 2 * tokens]`: two numbers of each query, from which backward makes its weights again
    ///   - dropout: its rows are queries and its columns keys
    ///   - names: of every row of the batch
    package func attendKeeping(
        _ head: AttentionHead, _ projections: Matrix, into context: Matrix, kept: Matrix, dropout: Dropout?,
        names: [UInt64], scratch: UnsafeMutablePointer<Float>
    ) {
        var view = head.view(projections, hidden: context.columns)
        Dropout.view(dropout, names, from: head.rows.lowerBound) { dropout in
            table.pointee.attend(
                &view, head.place(in: context), context.columns, head.softmax(in: kept), dropout, scratch)
        }
    }

    /// Writes the head's columns of `dProjections`, given those of the context and of its gradient.
    package func attendBackward(
        _ head: AttentionHead, _ projections: Matrix, context: Matrix, dContext: Matrix, kept: Matrix,
        dropout: Dropout?, names: [UInt64], into dProjections: Matrix, scratch: UnsafeMutablePointer<Float>
    ) {
        let hidden = context.columns
        var view = head.view(projections, hidden: hidden)
        precondition(dContext.columns == hidden && dProjections.columns == 3 * hidden, "gradients of \(hidden)")
        let query = head.place(in: dProjections)
        Dropout.view(dropout, names, from: head.rows.lowerBound) { dropout in
            table.pointee.attend_backward(
                &view, head.place(in: context), head.place(in: dContext), hidden, head.softmax(in: kept), dropout,
                query, query + hidden, query + 2 * hidden, scratch)
        }
    }
}
