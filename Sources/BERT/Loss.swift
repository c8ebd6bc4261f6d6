import Tensors

/// The losses of a micro-batch: their sum, and the gradients of the logits, times a scale, in double precision.
struct Loss {
    let head: Head
    let objective: Objective
    let scale: Double

    /// Reads the logits of `memory` and writes their gradients.
    func evaluate(_ batch: PackedBatch, _ targets: [Target], _ memory: HeadMemory) -> Double {
        memory.dSequenceLogits.buffer.update(repeating: 0)
        memory.dTokenLogits.buffer.update(repeating: 0)
        var sum = 0.0
        for (index, target) in targets.enumerated() {
            sum += loss(of: target, example: index, rows: batch.rows(of: index), memory)
        }
        return sum
    }

    private func loss(of target: Target, example: Int, rows: Range<Int>, _ memory: HeadMemory) -> Double {
        switch (head, target) {
        case (_, .unknown): return 0
        case (.sequence(1), .value(let value)): return squaredError(value, example, memory)
        case (.sequence(let labels), .label(let label)) where labels > 1: return labelLoss(label, example, memory)
        case (.tokens, .tags(let tags)): return tagLoss(tags, rows, weights: objective.classWeights, memory)
        case (.span, .span(let start, let end)): return spanLoss(start, end, rows, memory)
        case (.joint, .joint(let label, let tags)):
            return labelLoss(label, example, memory) + tagLoss(tags, rows, weights: nil, memory)
        default: preconditionFailure("a target \(target) of a head \(head)")
        }
    }

    private func squaredError(_ value: Float, _ example: Int, _ memory: HeadMemory) -> Double {
        let error = Double(memory.sequenceLogits.elements[example]) - Double(value)
        let factor = Double(objective.squaredErrorFactor)
        memory.dSequenceLogits.elements[example] = Float(scale * factor * 2 * error)
        return factor * error * error
    }

    private func labelLoss(_ label: Int, _ example: Int, _ memory: HeadMemory) -> Double {
        let labels = memory.sequenceLogits.columns
        let row = LogitRow(
            logits: memory.sequenceLogits.elements + example * labels,
            gradient: memory.dSequenceLogits.elements + example * labels, count: labels, stride: 1)
        return row.crossEntropy(
            label, smoothing: Double(objective.labelSmoothing), weights: objective.classWeights, factor: 1,
            scale: scale)
    }

    private func tagLoss(_ tags: [Int32], _ rows: Range<Int>, weights: [Float]?, _ memory: HeadMemory) -> Double {
        precondition(tags.count == rows.count, "\(tags.count) tags of \(rows.count) tokens")
        let labels = memory.tokenLogits.columns
        return zip(rows, tags).reduce(0) { sum, token in
            guard token.1 >= 0 else { return sum }
            let row = LogitRow(
                logits: memory.tokenLogits.elements + token.0 * labels,
                gradient: memory.dTokenLogits.elements + token.0 * labels, count: labels, stride: 1)
            return sum
                + row.crossEntropy(
                    Int(token.1), smoothing: Double(objective.labelSmoothing), weights: weights,
                    factor: Double(objective.tokenLossFactor), scale: scale)
        }
    }

    /// (CE(start) + CE(end)) / 2, each over the tokens of the example.
    private func spanLoss(_ start: Int, _ end: Int, _ rows: Range<Int>, _ memory: HeadMemory) -> Double {
        [start, end].enumerated().reduce(0) { sum, place in
            let first = rows.lowerBound * 2 + place.offset
            let row = LogitRow(
                logits: memory.tokenLogits.elements + first, gradient: memory.dTokenLogits.elements + first,
                count: rows.count, stride: 2)
            return sum + row.crossEntropy(place.element, smoothing: 0, weights: nil, factor: 0.5, scale: scale)
        }
    }
}
