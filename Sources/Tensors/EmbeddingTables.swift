import CKernels

/// Word, position and type vectors and the normalization of their sum.
///
/// `words` is `[vocabulary, hidden]`, `positions` `[maximum positions, hidden]`, `types` `[types, hidden]`.
package struct EmbeddingTables: Sendable {
    package let words, positions, types: Tensor
    package let norm: LayerNorm

    package init(words: Tensor, positions: Tensor, types: Tensor, norm: LayerNorm) {
        self.words = words
        self.positions = positions
        self.types = types
        self.norm = norm
    }
}

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
        precondition(
            rows.upperBound <= min(output.rows, ids.count, positions.count, types.count), "rows \(rows) of \(ids.count)"
        )
        var view = ck_embedding(
            word: tables.words.elements, position: tables.positions.elements, type: tables.types.elements,
            gamma: tables.norm.scale.elements, beta: tables.norm.shift.elements, epsilon: tables.norm.epsilon,
            hidden: hidden)
        ids.withUnsafeBufferPointer { ids in
            positions.withUnsafeBufferPointer { positions in
                types.withUnsafeBufferPointer { types in
                    guard let id = ids.baseAddress, let place = positions.baseAddress, let type = types.baseAddress
                    else { return }
                    let first = rows.lowerBound
                    table.pointee.embed(
                        output.elements + first * hidden, rows.count, id + first, place + first, type + first, &view)
                }
            }
        }
    }
}
