/// The ``CharacterRule`` of every scalar under one set of options, in two stages: page of 128 scalars, then index of rule.
struct CharacterTable: Sendable {
    private static let pageBits: UInt32 = 7
    private static let pageSize = 1 << Int(pageBits)

    private(set) var rules: [CharacterRule] = []
    private var pages: [UInt16] = []
    private var indices: [UInt16] = []

    init(options: TokenizerOptions) {
        let unicode = UnicodeProperties.shared
        let rulesOfRuns = unicode.runClasses.map { Self.rule(of: $0, options) }
        var known: [CharacterRule: UInt16] = [:]
        let runs = rulesOfRuns.map { index(of: $0, &known) }
        var shared = layPages(runs, starts: unicode.runStarts)

        var mapped = Set<UInt32>()
        if options.stripsAccents { mapped.formUnion(unicode.decompositions.keys) }
        if options.lowercases { mapped.formUnion(unicode.lowercase.keys) }
        for scalar in mapped.sorted() {
            guard let rule = Self.rule(mapping: scalar, options, unicode) else { continue }
            set(scalar, index(of: rule, &known), &shared)
        }
    }

    /// The rule of a scalar below U+110000.
    @inline(__always)
    func index(of scalar: UInt32) -> Int {
        let page = Int(pages[Int(scalar >> Self.pageBits)])
        return Int(indices[page << Int(Self.pageBits) | Int(scalar) & (Self.pageSize - 1)])
    }

    private mutating func index(of rule: CharacterRule, _ known: inout [CharacterRule: UInt16]) -> UInt16 {
        if let index = known[rule] { return index }
        let index = UInt16(rules.count)
        rules.append(rule)
        known[rule] = index
        return index
    }

    /// Lays out all pages; those that lie within one run are stored once for each rule.
    ///
    /// - Returns: the pages that more than one stretch of scalars may share
    private mutating func layPages(_ runs: [UInt16], starts: [UInt32]) -> Set<UInt16> {
        var uniform: [UInt16: UInt16] = [:]
        var run = 0
        for first in stride(from: 0, to: 0x110000, by: Self.pageSize) {
            let end = UInt32(first + Self.pageSize)
            while run + 1 < starts.count, starts[run + 1] <= first { run += 1 }
            let isUniform = run + 1 == starts.count || starts[run + 1] >= end
            if isUniform, let page = uniform[runs[run]] {
                pages.append(page)
                continue
            }
            let page = UInt16(indices.count / Self.pageSize)
            if isUniform { uniform[runs[run]] = page }
            pages.append(page)
            for scalar in UInt32(first)..<end {
                if run + 1 < starts.count, starts[run + 1] <= scalar { run += 1 }
                indices.append(runs[run])
            }
        }
        return Set(uniform.values)
    }

    /// Gives one scalar a rule of its own, in a page that it does not share with other stretches.
    private mutating func set(_ scalar: UInt32, _ rule: UInt16, _ shared: inout Set<UInt16>) {
        let slot = Int(scalar >> Self.pageBits)
        var page = Int(pages[slot])
        if shared.contains(pages[slot]) {
            let copy = Array(indices[page * Self.pageSize..<(page + 1) * Self.pageSize])
            page = indices.count / Self.pageSize
            indices.append(contentsOf: copy)
            pages[slot] = UInt16(page)
        }
        indices[page * Self.pageSize + Int(scalar) % Self.pageSize] = rule
    }

    /// The rule of a scalar that neither decomposes nor changes case.
    private static func rule(of class: UnicodeProperties.Class, _ options: TokenizerOptions) -> CharacterRule {
        let isStarter = `class`.rank == 0
        let kind: CharacterRule.Kind =
            switch `class`.kind {
            case .space: .space
            case .dropped: .dropped
            case .punctuation: .single
            case .isolated: options.isolatesChinese ? .single : .word
            case .hangul: options.stripsAccents ? .hangul : .word
            case .word where !options.stripsAccents: .word
            case .word: `class`.isMark ? .stripped : isStarter ? .word : .reordered
            }
        return CharacterRule(
            kind: kind, isStarter: isStarter, replacement: kind == .reordered || kind == .stripped ? [] : nil)
    }

    /// The rule of a scalar that decomposes or changes case; nil where it is dropped or white space all the same.
    private static func rule(
        mapping scalar: UInt32, _ options: TokenizerOptions, _ unicode: UnicodeProperties
    ) -> CharacterRule? {
        let own = unicode.class(of: scalar).kind
        if own == .dropped || own == .space { return nil }
        let atoms = options.stripsAccents ? unicode.decompositions[scalar] ?? [scalar] : [scalar]
        let classes = atoms.map { unicode.class(of: $0) }
        let isStarter = !options.stripsAccents || classes[0].rank == 0
        let kept = zip(atoms, classes).filter { !options.stripsAccents || !$1.isMark }
        let starters = kept.filter { !options.stripsAccents || $1.rank == 0 }
        let replacement = starters.flatMap { atom, _ in
            (options.lowercases ? unicode.lowercase[atom] ?? [atom] : [atom]).flatMap(utf8)
        }
        precondition(replacement.count <= CharacterRule.capacity, "replacement of \(replacement.count) bytes")
        let kind: CharacterRule.Kind =
            if starters.count < kept.count {
                .reordered
            } else if kept.isEmpty {
                .stripped
            } else if own == .isolated && options.isolatesChinese || kept[0].1.kind == .punctuation {
                .single
            } else {
                .word
            }
        return CharacterRule(kind: kind, isStarter: isStarter, replacement: replacement)
    }
}

/// The UTF-8 bytes of a scalar.
func utf8(_ scalar: UInt32) -> [UInt8] {
    Unicode.Scalar(scalar).map { Array(UTF8.encode($0) ?? .init()) } ?? []
}
