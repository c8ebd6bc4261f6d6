package import BERT

/// Some consecutive examples of a step, as many as are computed at once.
package struct MicroBatch {
    /// The place of the first within the step, a multiple of 4.
    package let first: Int
    package let batch: PackedBatch
    package let targets: [Target]

    /// Tokens of a micro-batch: enough to keep every lane busy, and about 1.8 GB of activations in BERT-base at most.
    package static let tokens = 4096

    /// Examples whose gradients are added up together; a cut never falls between them.
    private static let slice = 4

    /// Cuts a step where the tokens of its slices exceed the limit; a slice of more tokens than that stands alone.
    package static func cut(_ examples: [Example], tokens limit: Int = tokens) -> [MicroBatch] {
        var parts: [Range<Int>] = []
        var tokens = 0
        for start in stride(from: 0, to: examples.count, by: slice) {
            let end = min(examples.count, start + slice)
            let more = examples[start..<end].reduce(0) { $0 + $1.tokenCount }
            if let last = parts.last, tokens + more <= limit {
                parts[parts.count - 1] = last.lowerBound..<end
                tokens += more
            } else {
                parts.append(start..<end)
                tokens = more
            }
        }
        return parts.map { MicroBatch(examples, $0) }
    }

    private init(_ examples: [Example], _ range: Range<Int>) {
        first = range.lowerBound
        var batch = PackedBatch()
        for example in examples[range] { batch.append(ids: example.ids, types: example.types) }
        self.batch = batch
        targets = examples[range].map(\.target)
    }
}
