import Client
import Messages
import Terminal

/// Vectors on stdout: a glance at each for people, all of each as JSON lines for programs.
final class VectorPrinter: RowOutput {
    private let format: Format
    private var table = Table([
        .init("TEXT", maximumWidth: 40), .init("TOKENS", .trailing), .init("VECTOR"), .init("NORM", .trailing),
    ])

    init(_ format: Format) {
        self.format = format
    }

    func append(_ result: JobResult, rows: [InputRow], firstRow: Int) throws {
        for row in VectorRows(result) {
            let text = row.index < rows.count ? rows[row.index].text : nil
            switch format {
            case .json: Print.json(row.json(text: text, firstRow: firstRow))
            case .table:
                let name = text.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "row \(firstRow + row.index)"
                for vector in row.vectors { glance(at: vector, name: name, tokenCount: row.tokenCount) }
            }
        }
    }

    func finish() throws {
        if format == .table { Print.table(table) }
    }

    private func glance(at vector: [Float], name: String, tokenCount: Int) {
        let numbers = vector.prefix(4).map { Quantity.decimal(Double($0), places: 4) }.joined(separator: " ")
        let norm = vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        table.append([
            name, "\(tokenCount)", "\(numbers) … (\(vector.count))", Quantity.decimal(norm, places: 4),
        ])
    }
}
