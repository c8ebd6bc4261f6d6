import Foundation
import TestSupport
import Tokenization

/// A vocabulary of the shared data folder, one piece a line.
func sharedVocabulary(_ name: String) throws -> Vocabulary {
    let text = try Data(contentsOf: SharedData.url("vocab/\(name)"))
    var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return try Vocabulary(pieces: lines.map { String(decoding: $0, as: UTF8.self) })
}
