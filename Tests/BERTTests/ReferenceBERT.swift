import BERT
import Foundation
import Tensors

/// A BERT in double precision, written from its definition, whose loss the finite differences are taken of.
///
/// It asks for what dropout multiplies each element by, so that it sees the masks of the model under test.
struct ReferenceBERT {
    typealias Vector = [Double]
    typealias Rows = [[Double]]

    let configuration: BERTConfiguration
    let head: Head
    let objective: Objective
    var parameters: [String: Vector] = [:]
    /// Multipliers `[rows, columns]` of one example at one place.
    var mask: (DropoutSite, _ example: Int, _ rows: Int, _ columns: Int) -> Rows

    func loss(examples: [(ids: [Int32], types: [UInt8], target: Target)]) -> Double {
        examples.indices.reduce(0) { $0 + loss(examples[$1].ids, examples[$1].types, examples[$1].target, $1) }
    }

    private func loss(_ ids: [Int32], _ types: [UInt8], _ target: Target, _ example: Int) -> Double {
        var hidden = embeddings(ids, types)
        hidden = drop(hidden, .embeddings, example)
        for layer in 0..<configuration.layerCount { hidden = apply(layer, hidden, example) }
        switch (head, target) {
        case (.sequence(1), .value(let value)):
            let error = sequenceLogits("classifier", hidden, example)[0] - Double(value)
            return Double(objective.squaredErrorFactor) * error * error
        case (.sequence, .label(let label)):
            return entropy(sequenceLogits("classifier", hidden, example), label, objective.classWeights)
        case (.tokens, .tags(let tags)):
            return tagLoss("classifier", hidden, tags, example, objective.classWeights)
        case (.joint, .joint(let label, let tags)):
            return entropy(sequenceLogits("intent_classifier", hidden, example), label, objective.classWeights)
                + tagLoss("slot_classifier", hidden, tags, example, nil)
        case (.span, .span(let start, let end)):
            let logits = linear("qa_outputs", hidden)
            return [start, end].enumerated().reduce(0) { sum, place in
                let column = logits.map { $0[place.offset] }
                return sum - 0.5 * logarithms(column)[place.element]
            }
        default: preconditionFailure("\(target) of \(head)")
        }
    }

    // MARK: Heads

    private func sequenceLogits(_ name: String, _ hidden: Rows, _ example: Int) -> Vector {
        let pooled = linear("bert.pooler.dense", [hidden[0]]).map { $0.map(tanh) }
        return linear(name, drop(pooled, .pooled, example))[0]
    }

    private func tagLoss(_ name: String, _ hidden: Rows, _ tags: [Int32], _ example: Int, _ weights: [Float]?) -> Double
    {
        let logits = linear(name, drop(hidden, .tokens, example))
        return zip(logits, tags).reduce(0) { sum, token in
            guard token.1 >= 0 else { return sum }
            return sum + Double(objective.tokenLossFactor) * entropy(token.0, Int(token.1), weights)
        }
    }

    private func entropy(_ logits: Vector, _ target: Int, _ weights: [Float]?) -> Double {
        let smoothing = Double(objective.labelSmoothing)
        return logarithms(logits).enumerated().reduce(0) { sum, label in
            let weight = weights.map { Double($0[label.offset]) } ?? 1
            let share = (label.offset == target ? 1 - smoothing : 0) + smoothing / Double(logits.count)
            return sum - weight * share * label.element
        }
    }

    private func logarithms(_ logits: Vector) -> Vector {
        let sum = logits.reduce(0) { $0 + exp($1) }
        return logits.map { $0 - log(sum) }
    }

    // MARK: Encoder

    private func embeddings(_ ids: [Int32], _ types: [UInt8]) -> Rows {
        let width = configuration.hiddenSize
        func row(_ table: String, _ index: Int, _ column: Int) -> Double {
            value("bert.embeddings.\(table).weight")[index * width + column]
        }
        let sums = ids.indices.map { token in
            (0..<width).map { column in
                row("word_embeddings", Int(ids[token]), column) + row("position_embeddings", token, column)
                    + row("token_type_embeddings", Int(types[token]), column)
            }
        }
        return normalize("bert.embeddings.LayerNorm", sums)
    }

    private func apply(_ layer: Int, _ hidden: Rows, _ example: Int) -> Rows {
        let prefix = "bert.encoder.layer.\(layer)"
        let attended = linear("\(prefix).attention.output.dense", attend(layer, hidden, example))
        let middle = normalize(
            "\(prefix).attention.output.LayerNorm",
            add(drop(attended, .attentionOutput(layer: layer), example), hidden))
        let inner = linear("\(prefix).intermediate.dense", middle).map { $0.map(activate) }
        let outer = drop(linear("\(prefix).output.dense", inner), .output(layer: layer), example)
        return normalize("\(prefix).output.LayerNorm", add(outer, middle))
    }

    private func attend(_ layer: Int, _ hidden: Rows, _ example: Int) -> Rows {
        let prefix = "bert.encoder.layer.\(layer).attention.self"
        let (query, key, value) = (
            linear("\(prefix).query", hidden), linear("\(prefix).key", hidden), linear("\(prefix).value", hidden)
        )
        var out = hidden.map { $0.map { _ in 0.0 } }
        let size = configuration.headSize
        for head in 0..<configuration.headCount {
            let columns = head * size..<(head + 1) * size
            let mask = mask(.attention(layer: layer, head: head), example, hidden.count, hidden.count)
            for row in hidden.indices {
                let scores = key.map { inner($0, from: 0, query[row], columns) / Double(size).squareRoot() }
                let weights = logarithms(scores).map(exp)
                for column in columns {
                    out[row][column] = hidden.indices.reduce(0) {
                        $0 + weights[$1] * mask[row][$1] * value[$1][column]
                    }
                }
            }
        }
        return out
    }

    private func activate(_ x: Double) -> Double {
        switch configuration.activation {
        case .gelu: 0.5 * x * erfc(-x / 2.0.squareRoot())
        case .geluTanh: 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
        case .relu: max(x, 0)
        case .tanh: tanh(x)
        case .identity: x
        }
    }

    private func linear(_ name: String, _ x: Rows) -> Rows {
        let (weight, bias) = (value("\(name).weight"), value("\(name).bias"))
        return x.map { row in
            bias.indices.map { bias[$0] + inner(weight, from: $0 * row.count, row, 0..<row.count) }
        }
    }

    /// Σ a[from + i] b[i]; a plain loop over memory, because this is where a debug build spends its time.
    private func inner(_ a: Vector, from: Int, _ b: Vector, _ range: Range<Int>) -> Double {
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                var (sum, index) = (0.0, range.lowerBound)
                while index < range.upperBound {
                    sum += a[from + index] * b[index]
                    index += 1
                }
                return sum
            }
        }
    }

    private func normalize(_ name: String, _ x: Rows) -> Rows {
        let (scale, shift) = (value("\(name).weight"), value("\(name).bias"))
        return x.map { row in
            let mean = row.reduce(0, +) / Double(row.count)
            let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
            let inverse = 1 / (variance + Double(configuration.layerNormEpsilon)).squareRoot()
            return row.indices.map { (row[$0] - mean) * inverse * scale[$0] + shift[$0] }
        }
    }

    private func add(_ a: Rows, _ b: Rows) -> Rows { zip(a, b).map { zip($0, $1).map(+) } }

    private func drop(_ x: Rows, _ site: DropoutSite, _ example: Int) -> Rows {
        zip(x, mask(site, example, x.count, x[0].count)).map { zip($0, $1).map(*) }
    }

    private func value(_ name: String) -> Vector {
        guard let value = parameters[name] else { preconditionFailure("no '\(name)'") }
        return value
    }
}
