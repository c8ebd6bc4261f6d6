import CKernels

extension Kernels {
    /// output = LayerNorm(word + position + type) for some rows of `[tokens, hidden]`.
    ///
    /// The three arrays have an entry a row of `output`; entries outside the tables are the caller's mistake, checked
    /// where the batch is made.
    package func embed(
        _ tables: EmbeddingTables, ids: [Int32], positions: [Int32], types: [UInt8], rows: Range<Int>,
        into output: Matrix
    ) {
        let hidden = output.columns
        precondition(rows.upperBound <= output.rows, "rows \(rows) of \(output.rows)")
        var view = ck_embedding(
            word: tables.words.elements, position: tables.positions.elements, type: tables.types.elements,
            gamma: tables.norm.scale.elements, beta: tables.norm.shift.elements, epsilon: tables.norm.epsilon,
            hidden: hidden)
        TokenRows(ids: ids, positions: positions, types: types).from(rows) { id, place, type in
            table.pointee.embed(
                output.elements + rows.lowerBound * hidden, rows.count, id, place, type, &view)
        }
    }

    /// The same in training, through a dropout; `kept` gets the normalized rows.
    package func embedKeeping(
        _ kept: NormalizedRows, _ tables: TrainableTables, _ tokens: TokenRows, rows: Range<Int>, dropout: Dropout?,
        names: [UInt64], into output: Matrix
    ) {
        let hidden = output.columns
        precondition(rows.upperBound <= output.rows && kept.rows.columns == hidden, "rows \(rows) of \(output.rows)")
        var view = ck_embedding(
            word: tables.words.elements, position: tables.positions.elements, type: tables.types.elements,
            gamma: tables.norm.scale.elements, beta: tables.norm.shift.elements, epsilon: tables.norm.epsilon,
            hidden: hidden)
        let first = rows.lowerBound * hidden
        Dropout.view(dropout, names, from: rows.lowerBound) { dropout in
            tokens.from(rows) { id, place, type in
                table.pointee.embed_keeping(
                    output.elements + first, kept.rows.elements + first, kept.inverse.elements + rows.lowerBound,
                    rows.count, id, place, type, &view, dropout)
            }
        }
    }
}
