/// Rows of text under headings, in columns as wide as their widest cell.
package struct Table: Sendable {
    package enum Alignment: Sendable {
        /// Words.
        case leading
        /// Numbers.
        case trailing
    }

    /// A heading, with the side that its cells stand on.
    package struct Column: Sendable {
        package let title: String
        package let alignment: Alignment
        /// Longer cells are cut.
        package let maximumWidth: Int

        package init(_ title: String, _ alignment: Alignment = .leading, maximumWidth: Int = 60) {
            self.title = title
            self.alignment = alignment
            self.maximumWidth = maximumWidth
        }
    }

    package let columns: [Column]
    package private(set) var rows: [[String]] = []

    package init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row, one cell a column.
    package mutating func append(_ cells: [String]) {
        precondition(
            cells.count == columns.count, "a row of \(cells.count) cells in a table of \(columns.count) columns")
        rows.append(zip(cells, columns).map { cell, column in cell.fitted(to: column.maximumWidth) })
    }

    /// One line a row, headings first, two spaces between columns, none at the end of a line.
    package func render(_ style: Style) -> String {
        let titles = columns.map(\.title)
        let widths = columns.indices.map { index in
            ([titles] + rows).map { $0[index].displayWidth }.max() ?? 0
        }
        let lines = [style.bold(line(titles, widths))] + rows.map { line($0, widths) }
        return lines.map { $0 + "\n" }.joined()
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: widths[index] - cell.displayWidth)
            line += columns[index].alignment == .leading ? cell + padding : padding + cell
            line += "  "
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
