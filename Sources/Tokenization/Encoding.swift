/// The tokens of a text or a pair, as a model takes them: `[CLS] first [SEP]`, or `[CLS] first [SEP] second [SEP]`.
///
/// Reuse one value for many texts: its storage is kept. Where a text came from is recorded only if asked for.
package struct Encoding: Sendable {
    /// Whether offsets, words and the special mask are recorded; they are empty otherwise.
    package let keepsPlaces: Bool

    package internal(set) var ids: [Int32] = []
    /// 0 up to the first separator, 1 after it.
    package internal(set) var tokenTypes: [Int32] = []
    /// The UTF-8 bytes of its own text that each token stands for; empty for the tokens of the layout.
    package internal(set) var byteOffsets: [Range<Int>] = []
    /// The same in Unicode scalars.
    package internal(set) var scalarOffsets: [Range<Int>] = []
    /// The word of its own text that each token belongs to, from 0; nil for the tokens of the layout.
    package internal(set) var wordIndices: [Int?] = []
    /// Whether the layout added the token.
    package internal(set) var isSpecial: [Bool] = []
    /// Tokens that the maximum length cut off the first text and the second.
    package internal(set) var truncatedTokens = (first: 0, second: 0)

    // Scratch that outlives a call.
    var first = PieceList()
    var second = PieceList()
    var word = WordBuffer()

    package init(keepsPlaces: Bool) {
        self.keepsPlaces = keepsPlaces
    }

    mutating func removeAll() {
        ids.removeAll(keepingCapacity: true)
        tokenTypes.removeAll(keepingCapacity: true)
        byteOffsets.removeAll(keepingCapacity: true)
        scalarOffsets.removeAll(keepingCapacity: true)
        wordIndices.removeAll(keepingCapacity: true)
        isSpecial.removeAll(keepingCapacity: true)
        truncatedTokens = (0, 0)
    }

    /// Adds a token that belongs to the layout and to no text.
    mutating func append(layout id: Int32, type: Int32) {
        ids.append(id)
        tokenTypes.append(type)
        guard keepsPlaces else { return }
        byteOffsets.append(0..<0)
        scalarOffsets.append(0..<0)
        wordIndices.append(nil)
        isSpecial.append(true)
    }

    /// Adds the first `count` tokens of a text.
    mutating func append(_ list: PieceList, count: Int, type: Int32, of text: UnsafeBufferPointer<UInt8>) {
        ids.append(contentsOf: list.ids[..<count])
        tokenTypes.append(contentsOf: repeatElement(type, count: count))
        guard keepsPlaces else { return }
        var starts = ScalarCounter(text)
        var ends = ScalarCounter(text)
        for place in list.places[..<count] {
            byteOffsets.append(place.bytes)
            scalarOffsets.append(starts.count(upTo: place.bytes.lowerBound)..<ends.count(upTo: place.bytes.upperBound))
            wordIndices.append(place.word)
            isSpecial.append(false)
        }
    }
}

/// Counts the scalars before byte offsets that do not descend.
private struct ScalarCounter {
    private let text: UnsafeBufferPointer<UInt8>
    private var byte = 0
    private var scalars = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    mutating func count(upTo offset: Int) -> Int {
        while byte < offset {
            if text[byte] & 0xC0 != 0x80 { scalars += 1 }
            byte += 1
        }
        return scalars
    }
}
