import CKernels

/// The columns of a matrix `[tokens, columns]`, cut in slices of tokens and packed for the gradient of a weight.
///
///     slice 0: ┌ panel 0 ─────────────┐┌ panel 1 ─ …      each panel [tokens of the slice, panel]
///              │ token 0: p floats    ││
///     slice 1: ┌ panel 0 ─────────────┐ …
///
/// A slice is what sums over tokens are made of: they run through slice after slice, so that they do not depend on how
/// the slices were spread over micro-batches.
package final class PackedColumns {
    package private(set) var columns = 0
    package private(set) var slices: [Range<Int>] = []
    private let kernels: Kernels
    private let panels = Matrix()

    package init(kernels: Kernels) { self.kernels = kernels }

    package var byteCount: Int { panels.byteCount }

    private var padded: Int {
        let panel = kernels.table.pointee.panel
        return (columns + panel - 1) / panel * panel
    }

    /// Makes room for `[tokens, columns]` in these slices, which are disjoint, ascending and cover the tokens.
    package func resize(columns: Int, slices: [Range<Int>]) {
        self.columns = columns
        self.slices = slices
        panels.resize(rows: slices.last?.upperBound ?? 0, columns: padded)
    }

    /// Packs this share of the columns of `x`.
    package func pack(_ x: Matrix, share: Share) {
        pack(x, columns: share.part(of: columns, multipleOf: kernels.table.pointee.panel))
    }

    /// Packs some columns of `x`, from the first of a panel on.
    package func pack(_ x: Matrix, columns part: Range<Int>) {
        precondition(x.columns == columns && x.rows == panels.rows, "[\(x.rows), \(x.columns)] into \(columns) columns")
        for rows in slices {
            kernels.table.pointee.pack_columns(
                x.elements + rows.lowerBound * columns + part.lowerBound, columns, rows.count, part.count,
                start(of: rows) + part.lowerBound * rows.count)
        }
    }

    func panels(of slice: Range<Int>) -> UnsafePointer<Float> { UnsafePointer(start(of: slice)) }

    private func start(of slice: Range<Int>) -> UnsafeMutablePointer<Float> {
        panels.elements + slice.lowerBound * panels.columns
    }
}
