import FineTuning
import Messages
import ModelFiles

/// What the logits of a sequence head say: probabilities of labels, or a value.
struct LabelDecoder: Sendable {
    /// Names of the columns; empty for a value.
    let labels: [String]
    private let isMultiLabel: Bool

    init(_ head: TaskHead) {
        // One label alone would always have the probability 1: what such a head gives is a value.
        labels = head.labels.count > 1 ? head.labels : []
        isMultiLabel = head.isMultiLabel
    }

    /// Columns of the tensor.
    var width: Int { max(1, labels.count) }

    func yield(of logits: [Float]) -> RowYield {
        guard !labels.isEmpty else {
            return RowYield(tensor: Self.bytes(logits), outcome: RowOutcome(score: Double(logits[0])))
        }
        let probabilities = isMultiLabel ? logits.map(Self.sigmoid) : Probabilities.softmax(logits)
        let best = Probabilities.best(logits)
        return RowYield(
            tensor: Self.bytes(probabilities),
            outcome: RowOutcome(label: labels[best], score: Double(probabilities[best])))
    }

    private static func sigmoid(_ logit: Float) -> Float {
        // Of the pair (logit, 0): finite for every logit.
        Probabilities.softmax([logit, 0])[0]
    }

    private static func bytes(_ values: [Float]) -> [UInt8] {
        values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
    }
}
