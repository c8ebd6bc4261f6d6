/// A line through points, drawn in text: in braille dots, or in plain characters where there are none.
///
///     1.10 ⠉⠢⡀
///             ⠈⠑⠤⡀
///     0.14        ⠈⠒⠒⠤⣀⣀⣀
///          1           48
///
/// Points that fall into one column are averaged, and columns between points lie on the line from one to the next. What
/// is not finite, or beyond any scale, is left out.
package struct Curve: Sendable {
    package struct Point: Sendable, Equatable {
        package let x: Double
        package let y: Double

        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    private let points: [Point]

    /// Below this a curve says nothing.
    private static let leastColumns = 8
    /// The longest label, such as `-1.00e-05`, and a space.
    private static let labelColumns = 10
    /// Past it sums would overflow.
    private static let largest = 1e99

    /// - Parameter points: with `x` that does not fall
    package init(_ points: [Point]) {
        self.points = points.filter { $0.x.magnitude < Self.largest && $0.y.magnitude < Self.largest }
    }

    /// `height` lines of the curve with its largest and its smallest value beside them, and one of where it begins and
    /// ends; none where there are no points, or no room.
    ///
    /// - Parameter width: columns of the terminal; no line is longer
    package func lines(width: Int, height: Int, canvas: Canvas) -> [String] {
        guard let first = points.first, let last = points.last, height > 0 else { return [] }
        let columns = width - Self.labelColumns
        guard columns >= Self.leastColumns else { return [] }
        let values = values(in: columns * canvas.columns)
        let (top, bottom) = (Quantity.significant(values.max() ?? 0), Quantity.significant(values.min() ?? 0))
        let labelWidth = max(top.count, bottom.count)
        let rows = Self.rows(of: values, count: height * canvas.rows)
        var lines = canvas.draw(rows, width: columns, height: height).enumerated().map { index, line in
            let label = index == 0 ? top : index == height - 1 ? bottom : ""
            return String(repeating: " ", count: labelWidth - label.count) + label + " " + line
        }
        lines.append(String(repeating: " ", count: labelWidth + 1) + Self.axis(first.x, last.x, columns))
        return lines
    }

    /// One value a column: the mean of its points, or where it has none what lies between its neighbours.
    private func values(in columns: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: columns)
        var counts = [Int](repeating: 0, count: columns)
        let (start, end) = (points[0].x, points[points.count - 1].x)
        for point in points {
            let share = end > start ? (point.x - start) / (end - start) : 0
            let column = min(columns - 1, max(0, Int(share * Double(columns - 1) + 0.5)))
            sums[column] += point.y
            counts[column] += 1
        }
        let known = counts.indices.filter { counts[$0] > 0 }
        // A single point is drawn as a line: its value is all that is known.
        guard let first = known.first, let last = known.last, last > first else {
            return [Double](repeating: sums.reduce(0, +) / Double(points.count), count: columns)
        }
        var values = [Double](repeating: 0, count: columns)
        for column in known { values[column] = sums[column] / Double(counts[column]) }
        for (left, right) in zip(known, known.dropFirst()) where right > left + 1 {
            for column in left + 1..<right {
                let share = Double(column - left) / Double(right - left)
                values[column] = values[left] + (values[right] - values[left]) * share
            }
        }
        return values
    }

    /// The row of each value, 0 at the top; equal values lie in the middle.
    private static func rows(of values: [Double], count: Int) -> [Int] {
        let (low, high) = (values.min() ?? 0, values.max() ?? 0)
        guard high > low else { return values.map { _ in (count - 1) / 2 } }
        return values.map { Int(((high - $0) / (high - low) * Double(count - 1)).rounded()) }
    }

    private static func axis(_ first: Double, _ last: Double, _ columns: Int) -> String {
        let (start, end) = (Quantity.count(first.whole), Quantity.count(last.whole))
        guard first < last, start.count + end.count < columns else { return start }
        return start + String(repeating: " ", count: columns - start.count - end.count) + end
    }
}
