import BERT
import Foundation
import Synchronization
import Tensors
import Testing

@Suite struct TrainingTests {
    /// Twenty steps of AdamW beside transformers and torch, which golden_training.py ran in double precision.
    @Test(arguments: [0, 1, 2, 3])
    func twentyStepsAgreeWithTorch(index: Int) throws {
        let head = TinyTraining.heads[index]
        let golden = try Golden.read()
        let expected = [golden.sequence, golden.regression, golden.tokens, golden.span][index]
        let model = try TinyTraining.model(head, level: Kernels.select().level)
        let counted = TinyTraining.targets(head).reduce(0) { sum, target in
            guard case .tags(let tags) = target else { return sum + 1 }
            return sum + tags.filter { $0 >= 0 }.count
        }
        var optimizer = SimpleAdamW(model)
        for step in 0..<20 {
            let loss = TinyTraining.step(model, step: step, scale: 1 / Float(counted)).loss
            #expect(abs(loss / Double(counted) - expected[step]) < 1e-5, "step \(step)")
            optimizer.step(model)
        }
        guard index == 0 else { return }
        for parameter in model.parameters {
            let values = try #require(golden.parameters[parameter.name])
            let worst = zip(parameter.values, values).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
            #expect(values.count == parameter.values.count && worst < 1e-4, "\(parameter.name)")
        }
    }

    @Test(arguments: Kernels.supported, TinyTraining.heads)
    func levelsAgree(level: Kernels.Level, head: Head) throws {
        let expected = TinyTraining.step(try TinyTraining.model(head, dropout: TinyTraining.dropout))
        let found = TinyTraining.step(try TinyTraining.model(head, dropout: TinyTraining.dropout, level: level))
        #expect(abs(found.loss - expected.loss) < 1e-4)
        #expect(zip(found.gradients, expected.gradients).allSatisfy { abs($0 - $1) < 1e-4 })
    }

    @Test(arguments: Kernels.supported, TinyTraining.heads)
    func splitsAndLanesDoNotChangeAByte(level: Kernels.Level, head: Head) throws {
        @Sendable func gradients(_ splits: [Range<Int>], _ team: Team) throws -> [Float] {
            let model = try TinyTraining.model(head, dropout: TinyTraining.dropout, level: level)
            return TinyTraining.step(model, splits: splits, team: team).gradients
        }
        let expected = try gradients([0..<14], .alone)
        #expect(expected.contains { $0 != 0 })
        for splits in [[0..<4, 4..<14], [0..<8, 8..<14], [0..<4, 4..<8, 8..<12, 12..<14]] {
            #expect(try gradients(splits, .alone) == expected)
        }
        for lanes in [2, 3] {
            let results = Mutex<[[Float]]>([])
            let crew = try Lanes(count: lanes) { _ in 0 }
            crew.submit { _, team in
                let found = (try? gradients([0..<8, 8..<14], team)) ?? []
                results.withLock { $0.append(found) }
            }
            crew.stop()
            #expect(results.withLock { $0 } == [expected])
        }
    }

    @Test func dropoutChangesWithTheStepAndTheSeedAlone() throws {
        let model = try TinyTraining.model(.sequence(labels: 3), dropout: TinyTraining.dropout)
        let (first, other) = (TinyTraining.step(model, step: 1), TinyTraining.step(model, step: 2))
        #expect(first.loss != other.loss)
        #expect(TinyTraining.step(model, step: 1).gradients == first.gradients)
    }

    @Test(arguments: TinyTraining.heads)
    func scoresAreThoseOfTheEncoderAndItsHead(head: Head) throws {
        let level = try Kernels.select().level
        let model = try TinyTraining.model(head, dropout: TinyTraining.dropout, level: level)
        var tensors: [String: Tensor] = [:]
        for parameter in model.parameters {
            tensors[parameter.name] = Tensor(shape: parameter.shape, values: Array(parameter.values))
        }
        func tensor(_ name: String) throws -> Tensor { try #require(tensors[name]) }
        let (blas, kernels) = (try BLAS.open(), try Kernels(level))
        let encoder = try Encoder(model.configuration, blas: blas, kernels: kernels) { name, _ in
            try tensor("bert.\(name)")
        }
        let layer = try HeadLayer(model.configuration, head: head, blas: blas, kernels: kernels) { name, _ in
            try tensor(name)
        }
        let batch = TinyTraining.batch()
        let scores = model.score(batch, team: .alone)
        let hidden = encoder.forward(batch, workspace: Workspace())
        let expected = layer.apply(hidden, starts: batch.starts, workspace: HeadWorkspace())
        for (found, expected) in [(scores.sequence, expected.sequence), (scores.tokens, expected.tokens)] {
            #expect((found == nil) == (expected == nil))
            guard let found, let expected else { continue }
            #expect(distance(found, rows(expected).map { $0.map(Double.init) }) < 1e-5)
        }
    }

    @Test(arguments: TinyTraining.heads)
    func frozenParametersGetNoGradientAndTheOthersTheSame(head: Head) throws {
        let whole = try TinyTraining.model(head)
        _ = TinyTraining.step(whole)
        for frozen in ["bert.embeddings.", "bert.encoder.layer.0.", "bert.", "bert.encoder.layer.1.attention.self.key"]
        {
            let model = try TinyTraining.model(head)
            for parameter in model.parameters where parameter.name.hasPrefix(frozen) { parameter.isFrozen = true }
            if frozen == "bert.encoder.layer.0." {
                for parameter in model.parameters.prefix(5) { parameter.isFrozen = true }
            }
            _ = TinyTraining.step(model)
            for (parameter, other) in zip(model.parameters, whole.parameters) {
                let expected = parameter.isFrozen ? other.gradient.map { _ in 0 } : Array(other.gradient)
                #expect(Array(parameter.gradient) == expected, "\(parameter.name) beside \(frozen)")
            }
        }
    }

    @Test func unknownTargetsAddNothing() throws {
        let model = try TinyTraining.model(.sequence(labels: 3))
        let loss = model.accumulate(
            TinyTraining.batch(), targets: [Target](repeating: .unknown, count: 6), firstExample: 0, step: 0, scale: 1,
            objective: Objective(), team: .alone)
        #expect(loss == 0 && model.parameters.allSatisfy { $0.gradient.allSatisfy { $0 == 0 } })
    }

    @Test func memoryIsPlannedByTheLargestMicroBatch() throws {
        let model = try TinyTraining.model(.joint(sequenceLabels: 3, tokenLabels: 5), dropout: TinyTraining.dropout)
        _ = TinyTraining.step(model)
        let held = model.byteCount
        for splits in [[0..<6], [0..<4], [0..<4, 4..<6]] { _ = TinyTraining.step(model, splits: splits) }
        _ = model.score(TinyTraining.batch(0..<5), team: .alone)
        #expect(model.byteCount == held)
    }

    @Test func newWeightsAreSeededAndScaled() throws {
        func parameters(_ seed: UInt64) throws -> [TrainableParameter] {
            var configuration = TinyModel.configuration
            configuration.vocabularySize = 1000
            return TrainingModel(
                configuration, head: .span, dropout: .none, kernels: try Kernels(.portable), seed: seed
            ) { _ in nil }.parameters
        }
        let (first, again, other) = (try parameters(1), try parameters(1), try parameters(2))
        for (index, parameter) in first.enumerated() where parameter.shape.count == 2 {
            #expect(Array(parameter.values) == Array(again[index].values))
            #expect(Array(parameter.values) != Array(other[index].values))
        }
        let words = first[0].values
        let deviation = (words.reduce(0) { $0 + Double($1) * Double($1) } / Double(words.count)).squareRoot()
        #expect(abs(deviation - 0.02) < 0.0005)
        #expect(first.filter { $0.name.hasSuffix("bias") }.allSatisfy { $0.values.allSatisfy { $0 == 0 } })
        #expect(first.filter { $0.name.hasSuffix("LayerNorm.weight") }.allSatisfy { $0.values.allSatisfy { $0 == 1 } })
    }
}

/// What golden_training.py printed.
private struct Golden: Decodable {
    let sequence, regression, tokens, span: [Double]
    let parameters: [String: [Double]]

    static func read() throws -> Golden {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "golden_training.json")
        return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    }
}

/// AdamW (Loshchilov and Hutter 2019) with the generator's constants.
private struct SimpleAdamW {
    private var moments: [[(first: Double, second: Double)]]
    private var count = 0.0

    init(_ model: TrainingModel) { moments = model.parameters.map { $0.values.map { _ in (0, 0) } } }

    mutating func step(_ model: TrainingModel) {
        count += 1
        let (rate, epsilon, decay) = (1e-3, 1e-6, 0.01)
        for (index, parameter) in model.parameters.enumerated() {
            for place in parameter.values.indices {
                let gradient = Double(parameter.gradient[place])
                var moment = moments[index][place]
                moment.first = 0.9 * moment.first + 0.1 * gradient
                moment.second = 0.999 * moment.second + 0.001 * gradient * gradient
                moments[index][place] = moment
                let denominator = (moment.second / (1 - pow(0.999, count))).squareRoot() + epsilon
                let update = moment.first / (1 - pow(0.9, count)) / denominator
                parameter.values[place] -= Float(rate * (update + decay * Double(parameter.values[place])))
            }
        }
        model.parametersChanged(team: .alone)
    }
}
