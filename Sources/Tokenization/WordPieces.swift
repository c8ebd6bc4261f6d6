/// Cuts a word into the longest pieces of the vocabulary, from left to right; a word that cannot be cut is unknown.
///
/// Points into the tokenizer's tables for the time of one call.
struct WordPieces {
    let nodes: UnsafePointer<PieceTrie.Node>
    let bytes: UnsafePointer<ByteRule>
    /// The node of the continuation prefix.
    let continuation: UInt32
    let unknown: Int32

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
                let child = Int(nodes[Int(node)].link >> 8 ^ byte)
                let found = nodes[child]
                guard found.link & 0xFF == byte else { break }
                node = UInt32(truncatingIfNeeded: child)
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
