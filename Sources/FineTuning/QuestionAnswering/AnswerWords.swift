/// Puts together the words of an answer that the official measures compare, a lower-case scalar at a time.
struct AnswerWords {
    private var words: [[UInt8]] = []
    private var word: [UInt8] = []
    /// The alphanumeric characters at the word's end: they are an article where they are one from end to end, as
    /// Python's `\b` has it.
    private var run: [UInt8] = []

    private static let articles = ["a", "an", "the"].map { Array($0.utf8) }

    mutating func take(_ scalar: Unicode.Scalar) {
        if Self.isPunctuation(scalar) { return }
        guard !Self.isAlphanumeric(scalar) else {
            Self.append(scalar, to: &run)
            return
        }
        endRun()
        if Self.isSpace(scalar) { endWord() } else { Self.append(scalar, to: &word) }
    }

    mutating func finish() -> [[UInt8]] {
        endRun()
        endWord()
        return words
    }

    /// An article parts what stands before it from what stands after it.
    private mutating func endRun() {
        if Self.articles.contains(run) { endWord() } else { word += run }
        run.removeAll(keepingCapacity: true)
    }

    private mutating func endWord() {
        if !word.isEmpty { words.append(word) }
        word.removeAll(keepingCapacity: true)
    }

    private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        if scalar.isASCII { bytes.append(UInt8(scalar.value)) } else { bytes += String(scalar).utf8 }
    }

    /// Python's `string.punctuation`.
    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    /// Python's `str.isalnum`.
    private static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return 0x30...0x39 ~= scalar.value || 0x61...0x7A ~= scalar.value }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
            return true
        default:
            return scalar.properties.numericType != nil
        }
    }

    /// Python's `str.isspace`: Unicode's white space, and four separators of ASCII.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || 0x1C...0x1F ~= scalar.value
    }
}
