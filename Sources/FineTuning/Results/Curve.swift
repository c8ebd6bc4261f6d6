/// Numbers as a line of blocks, the least the lowest; long rows are thinned by taking means.
struct Curve {
    private static let blocks = Array("▁▂▃▄▅▆▇█")

    let text: String

    init(_ values: [Double], columns: Int = 60) {
        let values = values.filter(\.isFinite)
        let count = min(columns, values.count)
        let means = (0..<count).map { column in
            let part = values[column * values.count / count..<(column + 1) * values.count / count]
            return part.reduce(0, +) / Double(part.count)
        }
        guard let least = means.min(), let greatest = means.max() else {
            text = ""
            return
        }
        let top = Double(Self.blocks.count - 1)
        text = String(
            means.map { mean in
                Self.blocks[greatest > least ? Int(((mean - least) / (greatest - least) * top).rounded()) : 0]
            })
    }
}
