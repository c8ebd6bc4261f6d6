package import Terminal

/// The losses of a run as far as they were heard, in a bounded number of points.
package struct LossHistory {
    package private(set) var points: [Curve.Point] = []

    /// Past it neighbours are merged: a curve has fewer columns than half of them.
    private static let largestCount = 2048

    package init() {}

    package var curve: Curve { Curve(points) }

    /// A run that goes on from a checkpoint repeats steps: the later word counts.
    package mutating func add(step: Int, loss: Double) {
        while let last = points.last, last.x >= Double(step) { points.removeLast() }
        points.append(Curve.Point(x: Double(step), y: loss))
        guard points.count > Self.largestCount else { return }
        points = stride(from: 0, to: points.count - 1, by: 2).map { index in
            let (first, second) = (points[index], points[index + 1])
            return Curve.Point(x: second.x, y: (first.y + second.y) / 2)
        }
    }
}
