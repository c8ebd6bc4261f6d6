import BERT
import Tensors

/// The tiny model in training, on six examples of three to six tokens.
enum TinyTraining {
    static let heads: [Head] = [
        .sequence(labels: 3), .sequence(labels: 1), .tokens(labels: 5), .span,
        .joint(sequenceLabels: 3, tokenLabels: 5),
    ]
    static let dropout = DropoutRates(hidden: 0.2, attention: 0.3, head: 0.25)
    static let seed: UInt64 = 41

    static func model(
        _ head: Head, dropout: DropoutRates = .none, level: Kernels.Level = .portable, activation: Activation = .gelu
    ) throws -> TrainingModel {
        var configuration = TinyModel.configuration
        configuration.activation = activation
        let names = configuration.parameters(with: head).map(\.name)
        return TrainingModel(
            configuration, head: head, dropout: dropout, kernels: try Kernels(level), seed: seed
        ) { parameter in
            let index = names.firstIndex(of: parameter.name) ?? 0
            let values = TinyModel.values(index, parameter.name, parameter.shape.reduce(1, *))
            return Tensor(shape: parameter.shape, values: values)
        }
    }

    static func ids(_ example: Int) -> [Int32] {
        (0..<3 + example % 4).map { Int32((example * 5 + $0 * 7) % 29 + 2) }
    }

    static func types(_ example: Int) -> [UInt8] { ids(example).indices.map { $0 > 2 ? 1 : 0 } }

    static func batch(_ examples: Range<Int> = 0..<6) -> PackedBatch {
        var batch = PackedBatch()
        for example in examples { batch.append(ids: ids(example), types: types(example)) }
        return batch
    }

    static func targets(_ head: Head, _ examples: Range<Int> = 0..<6) -> [Target] {
        examples.map { example in
            let tokens = ids(example).count
            let tags = (0..<tokens).map { (example + $0) % 3 == 0 ? -1 : Int32((example + $0) % 5) }
            switch head {
            case .sequence(1): return .value(0.5 * Float(example) - 1)
            case .sequence: return .label(example % 3)
            case .tokens: return .tags(tags)
            case .span: return .span(start: example % tokens, end: tokens - 1)
            case .joint: return .joint(label: example % 3, tags: tags)
            }
        }
    }

    /// The sum of the losses, and all gradients one after another.
    static func step(
        _ model: TrainingModel, splits: [Range<Int>] = [0..<6], step: Int = 3, scale: Float = 1,
        objective: Objective = Objective(), team: Team = .alone
    ) -> (loss: Double, gradients: [Float]) {
        model.clearGradients(team: team)
        let loss = splits.reduce(0) { sum, examples in
            sum
                + model.accumulate(
                    batch(examples), targets: targets(model.head, examples), firstExample: examples.lowerBound,
                    step: step, scale: scale, objective: objective, team: team)
        }
        return (loss, model.parameters.flatMap { Array($0.gradient) })
    }
}
