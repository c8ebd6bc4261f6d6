/// How predicted numbers go with true ones.
enum Correlation {
    /// Pearson's coefficient; 0 where one side is constant, of which it says nothing.
    static func pearson(_ truth: [Double], _ predicted: [Double]) -> Double {
        let (x, y) = (centred(truth), centred(predicted))
        let product = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
        let squares = x.reduce(0) { $0 + $1 * $1 }.squareRoot() * y.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return squares == 0 ? 0 : min(1, max(-1, product / squares))
    }

    /// Pearson's coefficient of the ranks; equal numbers have the mean of their ranks.
    static func spearman(_ truth: [Double], _ predicted: [Double]) -> Double {
        pearson(ranks(truth), ranks(predicted))
    }

    static func meanSquaredError(_ truth: [Double], _ predicted: [Double]) -> Double {
        let sum = zip(truth, predicted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        return truth.isEmpty ? 0 : sum / Double(truth.count)
    }

    private static func centred(_ values: [Double]) -> [Double] {
        let mean = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
        return values.map { $0 - mean }
    }

    private static func ranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for place in order[start..<end] { ranks[place] = Double(start + end + 1) / 2 }
            start = end
        }
        return ranks
    }
}
