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
