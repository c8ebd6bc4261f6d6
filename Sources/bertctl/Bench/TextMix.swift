package import Messages

/// An endless stream of texts with a certain mix of lengths.
package struct TextMix {
    private enum Kind {
        case file([Text])
        case words(ClosedRange<Int>)
    }

    private let kind: Kind
    private var next = 0
    private var random: SplitMix

    /// Lines of a file that are kept in memory.
    private static let fileLimit = 200_000

    /// The lines of a file, over and over.
    package init(file: String) throws(Failure) {
        var source = try RowSource(file, .lines)
        var texts: [Text] = []
        while texts.count < Self.fileLimit, let row = try source.next() { texts.append(row.text) }
        guard !texts.isEmpty else { throw .damaged("\(file) has no lines") }
        kind = .file(texts)
        random = SplitMix(seed: 0)
    }

    /// Common English words; nearly every one is one token of a BERT vocabulary.
    package init(words: ClosedRange<Int>, seed: UInt64) {
        kind = .words(words)
        random = SplitMix(seed: seed ^ 0x7465_7874)
    }

    package mutating func text() -> Text {
        switch kind {
        case .file(let texts):
            defer { next = (next + 1) % texts.count }
            return texts[next]
        case .words(let range):
            let count = Int.random(in: range, using: &random)
            let words = (0..<count).map { _ in
                Self.vocabulary[Int.random(in: 0..<Self.vocabulary.count, using: &random)]
            }
            return Text(words.joined(separator: " "))
        }
    }

    private static let vocabulary = """
        the of and to in a is that for it was on are with as be at this have from or had by but some what there we can \
        out other were all your when use word how said each which time way about many then them would like long make thing \
        see him two look more day could go come did number sound most people over water know place year work back where \
        much before line right too old same boy follow show form three small set put end does well large river city \
        mountain letter answer school study music color window paper table doctor winter summer garden morning evening
        """.split(separator: " ").map(String.init)
}
