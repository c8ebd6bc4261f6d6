import BERT
import Tensors

/// Runs examples through a model without dropout and gives each its outputs.
enum Scoring {
    /// Tokens of a batch at most, unless one example alone has more.
    private static let tokens = 4096

    /// - Parameters:
    ///   - count: examples of a batch at most
    ///   - goesOn: asked before every batch
    /// - Returns: the logits of every example, as `TrainingTask` describes them; nil where it was not to go on
    static func outputs(
        _ examples: [Example], model: TrainingModel, count: Int, team: Team, goesOn: () -> Bool
    ) -> [[Float]]? {
        var outputs: [[Float]] = []
        outputs.reserveCapacity(examples.count)
        while outputs.count < examples.count {
            guard goesOn() else { return nil }
            var batch = PackedBatch()
            for example in examples[outputs.count...].prefix(count) {
                guard batch.count == 0 || batch.tokenCount + example.tokenCount <= tokens else { break }
                batch.append(ids: example.ids, types: example.types)
            }
            outputs += split(model.score(batch, team: team), batch)
        }
        return outputs
    }

    private static func split(_ scores: Scores, _ batch: PackedBatch) -> [[Float]] {
        (0..<batch.count).map { example in
            var logits: [Float] = []
            if let sequence = scores.sequence { logits += sequence[example] }
            if let tokens = scores.tokens {
                for row in batch.rows(of: example) { logits += tokens[row] }
            }
            return logits
        }
    }
}
