import BERT
import Foundation
import Tasks

/// The loss of examples whose outputs are known, as training has it but for dropout and label smoothing.
enum CrossEntropy {
    /// The mean over the examples whose target is known; nil where there is none.
    ///
    /// Of a number the squared error, of a span the mean of start and end, of tags the mean over the tokens that count, of a joint head both together.
    static func mean(_ examples: [Example], outputs: [[Float]], head: Head) -> Double? {
        var (sum, count) = (0.0, 0)
        for (example, logits) in zip(examples, outputs) {
            guard let loss = loss(example.target, logits: logits, head: head) else { continue }
            sum += loss
            count += 1
        }
        return count == 0 ? nil : sum / Double(count)
    }

    private static func loss(_ target: Target, logits: [Float], head: Head) -> Double? {
        switch (target, head) {
        case (.label(let label), .sequence):
            return loss(of: label, in: logits, from: 0, by: 1)
        case (.value(let value), .sequence):
            return (Double(logits[0]) - Double(value)) * (Double(logits[0]) - Double(value))
        case (.span(let start, let end), _):
            return (loss(of: start, in: logits, from: 0, by: 2) + loss(of: end, in: logits, from: 1, by: 2)) / 2
        case (.tags(let tags), .tokens(let width)):
            return loss(tags, logits: logits[...], width: width)
        case (.joint(let label, let tags), .joint(let labels, let width)):
            return loss(of: label, in: Array(logits[..<labels]), from: 0, by: 1)
                + (loss(tags, logits: logits[labels...], width: width) ?? 0)
        default:
            return nil
        }
    }

    private static func loss(_ tags: [Int32], logits: ArraySlice<Float>, width: Int) -> Double? {
        var (sum, count) = (0.0, 0)
        for (token, tag) in tags.enumerated() where tag >= 0 {
            let first = logits.startIndex + token * width
            sum += loss(of: Int(tag), in: Array(logits[first..<first + width]), from: 0, by: 1)
            count += 1
        }
        return count == 0 ? nil : sum / Double(count)
    }

    /// Minus the logarithm of a choice's probability, among the choices at `from`, `from + by` …
    private static func loss(of choice: Int, in logits: [Float], from: Int, by step: Int) -> Double {
        let places = stride(from: from, to: logits.count, by: step)
        let largest = places.reduce(-Double.infinity) { max($0, Double(logits[$1])) }
        let sum = places.reduce(0.0) { $0 + exp(Double(logits[$1]) - largest) }
        return log(sum) + largest - Double(logits[from + choice * step])
    }
}

extension MetricValue {
    /// The mean loss as a metric; none where no target is known.
    static func loss(_ examples: [Example], outputs: [[Float]], head: Head) -> [MetricValue] {
        CrossEntropy.mean(examples, outputs: outputs, head: head).map {
            [MetricValue(name: MetricName.loss.rawValue, value: $0)]
        } ?? []
    }
}
