import Foundation
import TestSupport
import Tokenization

@testable import FineTuning

/// What the generator scripts beside the tests wrote.
enum Golden {
    static let folder = SharedData.repository.appending(path: "Tests/FineTuningTests")

    static func read<Value: Decodable>(_ name: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(contentsOf: folder.appending(path: "Golden/\(name)")))
    }

    /// A tokenizer of a few pieces of our own.
    static func tokenizer(pieces: [String]) throws -> Tokenizer {
        try Tokenizer(vocabulary: Vocabulary(pieces: pieces), options: TokenizerOptions(lowercases: true))
    }

    /// BERT's uncased tokenizer, from the shared data.
    static func uncasedTokenizer() throws -> Tokenizer {
        let text = try String(contentsOf: SharedData.url(uncasedVocabulary), encoding: .utf8)
        return try tokenizer(pieces: text.split(separator: "\n").map(String.init))
    }

    static let uncasedVocabulary = "vocab/bert-base-uncased-vocab.txt"

    /// From -5 to 5, as the scripts make them.
    static func noise(_ count: Int) -> [Float] {
        var state: UInt64 = 12345
        return (0..<count).map { _ in
            state = (state &* 1_103_515_245 &+ 12345) & 0x7FFF_FFFF
            return Float(Double((state >> 8) % 1001) / 100 - 5)
        }
    }

    /// FNV-1a over numbers (Fowler, Noll, Vo 1991).
    static func checksum(_ numbers: some Sequence<UInt64>) -> String {
        let hash = numbers.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ $1) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// Pieces that make a token of each lower-case word of a few, and of letters.
let smallPieces =
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "play", "##ing", "##s", "paris", "in", "ana", "lives", ".", "-"]
    + "abcdefghijklmnopqrstuvwxyz".flatMap { ["\($0)", "##\($0)"] }

/// Whether the long tests run as well.
let testsAll = ProcessInfo.processInfo.environment["BERTD_TEST_ALL"] != nil
