/// The pieces of a WordPiece model, each at its id; pieces that continue a word begin with `##`.
///
/// Pieces are compared by their bytes: the multilingual vocabulary holds pieces that are canonically equivalent, which
/// Swift's `String` takes for the same.
package struct Vocabulary: Sendable {
    static let continuationPrefix = "##"

    package let pieces: [String]
    let trie: PieceTrie
    let words: WholeWords

    /// - Parameter pieces: the piece of each id; of equal ones the last counts, as in the reference
    package init(pieces: [String]) throws(TokenizationError) {
        self.pieces = pieces
        let bytes = pieces.map { Array($0.utf8) }
        trie = try PieceTrie(pieces: bytes)
        words = WholeWords(pieces: bytes)
    }

    /// Reads `vocab.txt`: one piece a line, the line number is the id.
    init(lines bytes: [UInt8], path: String) throws(TokenizationError) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        var pieces: [String] = []
        pieces.reserveCapacity(lines.count)
        for line in lines {
            let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            guard let piece = String(validating: text, as: UTF8.self) else {
                throw .notUTF8(path: path, line: pieces.count + 1)
            }
            pieces.append(piece)
        }
        try self.init(pieces: pieces)
    }

    package func id(of piece: String) -> Int32? {
        trie.id(of: Array(piece.utf8))
    }

    func piece(of id: Int32) -> String? {
        pieces.indices.contains(Int(id)) ? pieces[Int(id)] : nil
    }
}
