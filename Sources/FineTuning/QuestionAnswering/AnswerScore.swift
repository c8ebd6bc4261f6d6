/// How well a text answers a question: the official measures of SQuAD, from 0 to 1 (Rajpurkar et al. 2016, §6.1).
///
/// Compared are words in lower case without ASCII punctuation and without a, an, the. The scripts of the two versions
/// differ where nothing remains of an answer: 1.1 gives an F1 of 0, 2.0 an F1 of 1 where nothing remains of both.
struct AnswerScore: Equatable {
    var exact: Double
    var f1: Double

    /// Against the best of several answers; against no answer where there is none (2.0).
    init(_ text: String, gold: [String], isVersion2: Bool) {
        let words = Self.words(of: text)
        var goldWords = gold.map(Self.words)
        if isVersion2 {
            goldWords.removeAll(where: \.isEmpty)
            if goldWords.isEmpty { goldWords = [[]] }
        }
        exact = goldWords.contains(words) ? 1 : 0
        f1 = goldWords.map { Self.f1(words, $0, emptyAreEqual: isVersion2) }.max() ?? 0
    }

    private static func f1(_ words: [[UInt8]], _ gold: [[UInt8]], emptyAreEqual: Bool) -> Double {
        if words.isEmpty || gold.isEmpty { return emptyAreEqual && words == gold ? 1 : 0 }
        var left: [[UInt8]: Int] = [:]
        for word in gold { left[word, default: 0] += 1 }
        var common = 0
        for word in words {
            guard let count = left[word], count > 0 else { continue }
            left[word] = count - 1
            common += 1
        }
        guard common > 0 else { return 0 }
        let precision = Double(common) / Double(words.count)
        let recall = Double(common) / Double(gold.count)
        return 2 * precision * recall / (precision + recall)
    }

    /// The words that count, as bytes: canonically equivalent words are different ones to the scripts.
    static func words(of text: String) -> [[UInt8]] {
        var words = AnswerWords()
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                words.take(65...90 ~= scalar.value ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar)
            } else {
                for lowered in scalar.properties.lowercaseMapping.unicodeScalars { words.take(lowered) }
            }
        }
        return words.finish()
    }
}
