import Glibc

/// What logits say: how probable each of several choices is.
package enum Probabilities {
    /// e to each logit, over their sum (Bridle 1990); shifted by the largest, so that nothing overflows.
    package static func softmax(_ logits: some Collection<Float>) -> [Float] {
        guard let largest = logits.max() else { return [] }
        let powers = logits.map { exp(Double($0 - largest)) }
        let sum = powers.reduce(0, +)
        return powers.map { Float($0 / sum) }
    }

    /// The index, from 0, of the largest value; the first of several.
    package static func best(_ values: some Collection<Float>) -> Int {
        var best = (index: 0, value: -Float.infinity)
        for (index, value) in values.enumerated() where value > best.value { best = (index, value) }
        return best.index
    }
}
