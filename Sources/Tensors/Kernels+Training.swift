import CKernels

extension Kernels {
    /// x = x + bias, and y = activation(x), over some columns of `[tokens, columns]`; bias is `[1, columns]`.
    package func activateKeeping(
        _ x: Matrix, into y: Matrix, columns: Range<Int>, bias: Matrix, _ activation: Activation
    ) {
        precondition(columns.upperBound <= x.columns && bias.columns == x.columns, "\(columns) of \(x.columns)")
        precondition(y.rows == x.rows && y.columns == x.columns, "[\(y.rows), \(y.columns)] of an activation")
        let first = columns.lowerBound
        table.pointee.activate_keeping(
            x.elements + first, y.elements + first, x.columns, x.rows, columns.count, bias.elements + first,
            activation.code)
    }

    /// dy = dy · activation′(x), and y = activation(x) once more, over some columns of `[tokens, columns]`.
    package func activateBackward(
        _ x: Matrix, again y: Matrix, gradient dy: Matrix, columns: Range<Int>, _ activation: Activation
    ) {
        precondition(columns.upperBound <= x.columns && dy.columns == x.columns, "\(columns) of \(x.columns)")
        precondition(dy.rows == x.rows && y.rows == x.rows && y.columns == x.columns, "[\(dy.rows), \(dy.columns)]")
        let first = columns.lowerBound
        table.pointee.activate_backward(
            x.elements + first, y.elements + first, dy.elements + first, x.columns, x.rows, columns.count,
            activation.code)
    }

    /// y = LayerNorm(dropout(x + bias) + residual) over some rows; x comes in as `kept.rows`, which then keeps the
    /// normalized rows (Ba et al. 2016, eq. 4).
    package func addAndNormalizeKeeping(
        _ kept: NormalizedRows, residual: Matrix, rows: Range<Int>, bias: Matrix, _ norm: TrainableNorm,
        dropout: Dropout?, names: [UInt64], into y: Matrix
    ) {
        let width = y.columns
        precondition(residual.columns == width && kept.rows.columns == width && bias.columns == width, "\(width)")
        precondition(rows.upperBound <= min(y.rows, residual.rows, kept.rows.rows), "rows \(rows) of \(y.rows)")
        let first = rows.lowerBound * width
        Dropout.view(dropout, names, from: rows.lowerBound) { dropout in
            table.pointee.add_normalize_keeping(
                y.elements + first, residual.elements + first, kept.rows.elements + first,
                kept.inverse.elements + rows.lowerBound, rows.count, width, bias.elements, norm.scale.elements,
                norm.shift.elements, norm.epsilon, dropout)
        }
    }

    /// dy becomes the gradient of what was normalized, and `branch` that gradient through the dropout, over some rows.
    package func normalizeBackward(
        _ dy: Matrix, _ kept: NormalizedRows, rows: Range<Int>, _ norm: TrainableNorm, dropout: Dropout?,
        names: [UInt64], branch: Matrix
    ) {
        let width = dy.columns
        precondition(kept.rows.columns == width && branch.columns == width, "gradients of \(width)")
        precondition(rows.upperBound <= min(dy.rows, kept.rows.rows, branch.rows), "rows \(rows) of \(dy.rows)")
        let first = rows.lowerBound * width
        Dropout.view(dropout, names, from: rows.lowerBound) { dropout in
            table.pointee.normalize_backward(
                dy.elements + first, kept.rows.elements + first, kept.inverse.elements + rows.lowerBound, rows.count,
                width, norm.scale.elements, branch.elements + first, dropout)
        }
    }

    /// Adds the gradients of scale and shift, slice after slice, for some columns; dy is that of the whole LayerNorm.
    package func addNormGradients(
        _ dy: Matrix, _ kept: NormalizedRows, columns: Range<Int>, slices: [Range<Int>], _ norm: TrainableNorm
    ) {
        precondition(columns.upperBound <= dy.columns && kept.rows.columns == dy.columns, "\(columns) of \(dy.columns)")
        for rows in slices {
            let first = rows.lowerBound * dy.columns + columns.lowerBound
            table.pointee.add_norm_gradients(
                dy.elements + first, kept.rows.elements + first, dy.columns, rows.count, columns.count,
                norm.dScale.elements + columns.lowerBound, norm.dShift.elements + columns.lowerBound)
        }
    }

    /// sums[0, i] += Σ over the rows of x[row, column + i], slice after slice, for the columns i in `part`.
    package func addColumnSums(
        _ x: Matrix, at column: Int = 0, part: Range<Int>, slices: [Range<Int>], into sums: Matrix
    ) {
        precondition(part.upperBound <= sums.columns && column + part.upperBound <= x.columns, "\(part)")
        for rows in slices {
            table.pointee.add_column_sums(
                x.elements + rows.lowerBound * x.columns + column + part.lowerBound, x.columns, rows.count, part.count,
                sums.elements + part.lowerBound)
        }
    }

    /// Adds some columns of each row of x to a row of `table`, one row after the other.
    package func scatter(_ x: Matrix, columns: Range<Int>, to places: [Int32], of table: Matrix) {
        precondition(x.columns == table.columns && columns.upperBound <= x.columns, "\(columns) of \(x.columns)")
        precondition(places.count >= x.rows, "\(places.count) places of \(x.rows) rows")
        precondition(places.prefix(x.rows).allSatisfy { $0 >= 0 && $0 < table.rows }, "a place outside \(table.rows)")
        places.withUnsafeBufferPointer {
            guard let places = $0.baseAddress else { return }
            self.table.pointee.scatter(
                x.elements + columns.lowerBound, x.columns, x.rows, columns.count, places,
                table.elements + columns.lowerBound)
        }
    }

    /// Dropout of some rows in place; of a gradient, its backward.
    package func drop(_ x: Matrix, rows: Range<Int>, _ dropout: Dropout?, names: [UInt64]) {
        guard let dropout else { return }
        precondition(rows.upperBound <= x.rows, "rows \(rows) of \(x.rows)")
        Dropout.view(dropout, names, from: rows.lowerBound) { view in
            table.pointee.drop(x.elements + rows.lowerBound * x.columns, x.columns, rows.count, x.columns, view)
        }
    }
}
