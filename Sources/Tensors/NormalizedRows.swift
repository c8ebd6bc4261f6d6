/// What a layer normalization kept for its backward: the rows before scale and shift, and what each was multiplied by.
package final class NormalizedRows {
    /// `[tokens, hidden]`, and `[1, tokens]`
    package let rows = Matrix()
    package let inverse = Matrix()

    package init() {}

    package var byteCount: Int { rows.byteCount + inverse.byteCount }

    package func resize(tokens: Int, hidden: Int) {
        rows.resize(rows: tokens, columns: hidden)
        inverse.resize(rows: 1, columns: tokens)
    }
}
