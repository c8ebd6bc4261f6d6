extension TextScanner {
    /// A non-starter between two starters.
    private struct Mark {
        let scalar: UInt32
        let rank: Int
        let isStripped: Bool
        /// Whether it is the first of its source's decomposition.
        let isFirst: Bool
    }

    /// Adds the marks that are kept between the last starter and the next, in canonical order (Unicode 3.11).
    ///
    /// The reference keeps alignments by position, not by scalar: after sorting, each mark that begins a decomposition is
    /// said to come from the next source in the order of the text, and any other one from the source before it. Stripped
    /// marks take part.
    ///
    /// - Returns: where the next starter stands
    mutating func appendMarks(to word: inout WordBuffer) -> Int {
        let unicode = UnicodeProperties.shared
        var marks: [Mark] = []
        var sources: [Range<Int>] = []
        var current = starter..<starter
        var position = starter
        while position < end {
            let (scalar, length) = scalar(at: position)
            let source = position..<position + length
            let ownClass = unicode.class(of: scalar)
            if ownClass.kind == .dropped {
                position = source.upperBound
                continue
            }
            let atoms = unicode.decompositions[scalar] ?? [scalar]
            let ranks = atoms.map { unicode.class(of: $0).rank }
            if ranks[0] == 0 {
                if position > starter { break }
                current = source
            } else {
                sources.append(source)
            }
            for (index, atom) in atoms.enumerated() where ranks[index] > 0 {
                let isStripped = unicode.class(of: atom).isMark
                marks.append(Mark(scalar: atom, rank: ranks[index], isStripped: isStripped, isFirst: index == 0))
            }
            position = source.upperBound
        }

        let order = marks.indices.sorted { (marks[$0].rank, $0) < (marks[$1].rank, $1) }
        var next = sources.makeIterator()
        for mark in order.map({ marks[$0] }) {
            if mark.isFirst, let source = next.next() { current = source }
            if !mark.isStripped { word.append(utf8(mark.scalar), from: current) }
        }
        return position
    }
}
