/// Cuts a word into the longest pieces of the vocabulary, from left to right; a word that cannot be cut is unknown.
///
/// Points into the tokenizer's tables for the time of one call.
struct WordPieces {
    let words: WholeWords
    let entries: UnsafeBufferPointer<WholeWords.Entry>
    let nodes: UnsafePointer<PieceTrie.Node>
    let bytes: UnsafePointer<ByteRule>
    /// The node of the continuation prefix.
    let continuation: UInt32
    let unknown: Int32
    let lowercases: Bool

    /// The whole word at a place of the text with 16 bytes from its start; nil if it is no piece.
    @inline(__always)
    func whole(_ range: Range<Int>, of text: UnsafeBufferPointer<UInt8>) -> Int32? {
        guard range.count <= WholeWords.longest, range.lowerBound + WholeWords.longest <= text.count,
            let base = text.baseAddress
        else { return nil }
        let key = WholeWords.Key(base + range.lowerBound, count: range.count, lowercases: lowercases)
        return words.id(of: key, in: entries)
    }

    /// Adds the pieces of a word, with places counted from `origin`.
    ///
    /// A walk ends where the vocabulary's longest piece does, so that the cost is at most word length × piece length.
    @inline(__always)
    func cut(_ word: UnsafeBufferPointer<UInt8>, origin: Int, into list: inout PieceList) {
        let before = list.total
        var start = 0
        while start < word.count {
            var node = start == 0 ? PieceTrie.root : continuation
            var position = start
            var end = start
            var id = unknown
            repeat {
                let byte = UInt32(bytes[Int(word[position])].folded)
                let child = nodes[Int(node)].base ^ byte
                let found = nodes[Int(child)]
                guard found.parent == node else { break }
                node = child
                position += 1
                if found.id >= 0 {
                    end = position
                    id = found.id
                }
            } while position < word.count
            guard end > start else {
                list.cut(to: before)
                list.append(unknown, bytes: origin..<origin + word.count)
                break
            }
            list.append(id, bytes: origin + start..<origin + end)
            start = end
        }
        list.endWord()
    }
}
