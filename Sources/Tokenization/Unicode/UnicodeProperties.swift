import Foundation

/// What the reference tokenizer's tables say of a scalar: its class, its canonical decomposition and its lower case.
///
/// Decoded once from ``UnicodeData``; a ``CharacterTable`` is built from it for each set of options.
struct UnicodeProperties: Sendable {
    /// What becomes of a scalar before words are formed.
    enum Kind: UInt8 {
        case word, space, dropped, punctuation, isolated, hangul
    }

    /// Kind, mark and rank of a scalar in ten bits, as ``UnicodeData`` stores them.
    struct Class: Hashable {
        let code: UInt16

        var kind: Kind { Kind(rawValue: UInt8(code & 7)) ?? .dropped }
        /// Whether stripping accents removes the scalar.
        var isMark: Bool { code & 8 != 0 }
        /// Order of the canonical combining class among those in use; 0 for a starter.
        var rank: Int { Int(code >> 4) }
    }

    static let shared = UnicodeProperties()

    /// Where each run of equal classes begins, ascending from 0.
    private(set) var runStarts: [UInt32] = []
    private(set) var runClasses: [Class] = []
    /// Full canonical decompositions but Hangul's, starters first.
    private(set) var decompositions: [UInt32: [UInt32]] = [:]
    private(set) var lowercase: [UInt32: [UInt32]] = [:]

    private init() {
        var classes = NumberStream(UnicodeData.classes)
        var start: UInt32 = 0
        while let length = classes.next(), let code = classes.next() {
            runStarts.append(start)
            runClasses.append(Class(code: UInt16(truncatingIfNeeded: code)))
            start += length
        }
        decompositions = Self.mapping(UnicodeData.decompositions)
        lowercase = Self.mapping(UnicodeData.lowercase)
    }

    /// The class of a scalar, by binary search over the runs.
    func `class`(of scalar: UInt32) -> Class {
        var low = 0
        var high = runStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if runStarts[middle] <= scalar { low = middle } else { high = middle }
        }
        return runClasses[low]
    }

    private static func mapping(_ text: String) -> [UInt32: [UInt32]] {
        var numbers = NumberStream(text)
        var result: [UInt32: [UInt32]] = [:]
        var scalar: UInt32 = 0
        while let step = numbers.next(), let count = numbers.next() {
            scalar += step
            result[scalar] = (0..<count).compactMap { _ in numbers.next() }
        }
        return result
    }
}

/// LEB128 numbers out of a base64 text.
private struct NumberStream {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Data(base64Encoded: text).map(Array.init) ?? []
    }

    mutating func next() -> UInt32? {
        var value: UInt32 = 0
        var shift: UInt32 = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            value |= UInt32(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
