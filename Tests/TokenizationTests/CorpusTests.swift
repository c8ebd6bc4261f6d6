import Foundation
import TestSupport
import Testing
import Tokenization

/// The folder that compare_with_tokenizers.py has written.
private let corpusFolder = ProcessInfo.processInfo.environment["BERTD_CORPUS_TESTS"].map { URL(filePath: $0) }

/// One entry of the manifest.
struct Comparison: Decodable, Sendable, CustomTestStringConvertible {
    let title: String
    let texts: String
    let expected: String
    let vocabulary: String
    let lowercases: Bool
    let stripsAccents: Bool
    let isolatesChinese: Bool
    let isPair: Bool
    let maximumLength: Int

    var testDescription: String { title }
}

private let comparisons: [Comparison] =
    corpusFolder.flatMap { try? Data(contentsOf: $0.appending(path: "manifest.json")) }
    .flatMap { try? JSONDecoder().decode([Comparison].self, from: $0) } ?? []

/// Whole corpora against PyPI's `tokenizers`; compare_with_tokenizers.py beside this file writes the expectations.
@Suite(.enabled(if: corpusFolder != nil, "BERTD_CORPUS_TESTS names no folder of compare_with_tokenizers.py"))
struct CorpusTests {
    @Test func thereIsSomethingToCompare() {
        #expect(!comparisons.isEmpty)
    }

    @Test(arguments: comparisons) func everyTextEncodesAsTheReferenceDoes(_ comparison: Comparison) throws {
        let folder = try #require(corpusFolder)
        let options = TokenizerOptions(
            lowercases: comparison.lowercases, stripsAccents: comparison.stripsAccents,
            isolatesChinese: comparison.isolatesChinese)
        let tokenizer = try Tokenizer(vocabulary: sharedVocabulary(comparison.vocabulary), options: options)
        let texts = try lengthPrefixed(Data(contentsOf: folder.appending(path: comparison.texts)))
        let expected = try Data(contentsOf: folder.appending(path: comparison.expected))
        let stride = comparison.isPair ? 2 : 1
        #expect(texts.count == expected.count / 4 * stride)

        var encoding = Encoding(keepsPlaces: true)
        let maximum = comparison.maximumLength == 0 ? Int.max : comparison.maximumLength
        var differing: [Int] = []
        var tokens = 0
        for row in 0..<expected.count / 4 {
            let pair = comparison.isPair ? texts[row * 2 + 1] : nil
            tokenizer.encode(texts[row * stride], pair: pair, maximumLength: maximum, into: &encoding)
            tokens += encoding.ids.count
            let wanted = expected.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: row * 4, as: UInt32.self) }
            if digest(of: encoding) != wanted { differing.append(row) }
        }
        print("\(comparison.title): \(expected.count / 4) rows, \(tokens) tokens, \(differing.count) differ")
        for row in differing.prefix(5) {
            print("  row \(row): \(texts[row * stride].unicodeScalars.map { String($0.value, radix: 16) })")
        }
        #expect(differing.isEmpty)
    }
}

private func lengthPrefixed(_ data: Data) -> [String] {
    let bytes = [UInt8](data)
    var texts: [String] = []
    var position = 0
    while position + 4 <= bytes.count {
        let count = (0..<4).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
        position += 4
        texts.append(String(decoding: bytes[position..<position + count], as: UTF8.self))
        position += count
    }
    return texts
}

private func digest(of encoding: Encoding) -> UInt32 {
    var crc = CRC32()
    encoding.ids.forEach { crc.add($0) }
    encoding.tokenTypes.forEach { crc.add($0) }
    encoding.scalarOffsets.forEach { crc.add(Int32($0.lowerBound)) }
    encoding.scalarOffsets.forEach { crc.add(Int32($0.upperBound)) }
    encoding.byteOffsets.forEach { crc.add(Int32($0.lowerBound)) }
    encoding.byteOffsets.forEach { crc.add(Int32($0.upperBound)) }
    encoding.wordIndices.forEach { crc.add(Int32($0 ?? -1)) }
    encoding.isSpecial.forEach { crc.add($0 ? 1 : 0) }
    crc.add(Int32(encoding.truncatedTokens.first))
    crc.add(Int32(encoding.truncatedTokens.second))
    return crc.value
}

/// CRC-32 as zlib computes it.
private struct CRC32 {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320 }
    }

    private var state = UInt32.max
    var value: UInt32 { ~state }

    mutating func add(_ number: Int32) {
        for shift in stride(from: 0, to: 32, by: 8) {
            let byte = UInt8(truncatingIfNeeded: number >> Int32(shift))
            state = Self.table[Int(UInt8(truncatingIfNeeded: state) ^ byte)] ^ state >> 8
        }
    }
}
