/// Finds the words of a stretch of text that holds no added token, and has them cut into pieces.
///
/// ASCII words are cut where they lie. Anything else goes through a ``WordBuffer`` scalar by scalar:
///
///     text      N  a  ï  v  e  ,        bytes   0 1 2-3 4 5 6
///     buffer    n  a  i  v  e           the diaeresis is stripped; i came from 2..<4
///     pieces    naive  ,                0..<6, 6..<7
struct TextScanner {
    let text: UnsafeBufferPointer<UInt8>
    let pieces: WordPieces
    let table: CharacterTable
    /// Where the last starter that went through the table stands: marks after it may have to be reordered.
    var starter: Int
    var end: Int

    init(text: UnsafeBufferPointer<UInt8>, pieces: WordPieces, table: CharacterTable) {
        self.text = text
        self.pieces = pieces
        self.table = table
        starter = 0
        end = 0
    }

    /// Adds the tokens of the bytes in `range`, which begins and ends between scalars.
    mutating func scan(_ range: Range<Int>, into list: inout PieceList, word: inout WordBuffer) {
        starter = range.lowerBound
        end = range.upperBound
        var position = range.lowerBound
        while position < end {
            switch pieces.bytes[Int(text[position])].kind {
            case .space:
                position += 1
            case .single:
                cut(position..<position + 1, into: &list)
                position += 1
            case .word:
                let start = position
                repeat { position += 1 } while position < end && pieces.bytes[Int(text[position])].kind == .word
                if position < end, pieces.bytes[Int(text[position])].kind == .other {
                    position = scanWord(from: start, into: &list, word: &word)
                } else {
                    cut(start..<position, into: &list)
                }
            case .other:
                if position > range.lowerBound, pieces.bytes[Int(text[position - 1])].kind != .other {
                    starter = position - 1
                }
                position = scanWord(from: position, into: &list, word: &word)
            }
        }
    }

    /// Cuts an ASCII word where it lies.
    @inline(__always)
    private func cut(_ range: Range<Int>, into list: inout PieceList) {
        if let id = pieces.whole(range, of: text) {
            list.append(id, bytes: range)
            list.endWord()
        } else if range.count > WordBuffer.capacity {
            list.append(pieces.unknown, bytes: range)
            list.endWord()
        } else {
            pieces.cut(UnsafeBufferPointer(rebasing: text[range]), origin: range.lowerBound, into: &list)
        }
    }
}
