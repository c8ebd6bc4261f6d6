/// Word, position and type vectors that an optimizer changes, shaped as `EmbeddingTables`.
package struct TrainableTables {
    package let words, positions, types: Matrix
    package let norm: TrainableNorm

    package init(words: Matrix, positions: Matrix, types: Matrix, norm: TrainableNorm) {
        self.words = words
        self.positions = positions
        self.types = types
        self.norm = norm
    }
}
