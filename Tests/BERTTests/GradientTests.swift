import BERT
import Tensors
import Testing

/// Gradients against central differences of a loss computed in double precision.
@Suite struct GradientTests {
    private static let objective = Objective(
        labelSmoothing: 0.1, classWeights: nil, squaredErrorFactor: 0.5, tokenLossFactor: 0.7)

    @Test(arguments: TinyTraining.heads)
    func gradientsMatchFiniteDifferences(head: Head) throws {
        try check(head, TinyTraining.dropout, .gelu, Self.objective)
    }

    @Test(arguments: [Activation.geluTanh, .relu])
    func gradientsOfOtherActivationsMatch(activation: Activation) throws {
        try check(.sequence(labels: 3), .none, activation, Self.objective)
    }

    @Test(arguments: [Head.sequence(labels: 3), .tokens(labels: 5)])
    func gradientsOfWeightedClassesMatch(head: Head) throws {
        var objective = Self.objective
        objective.classWeights = head == .tokens(labels: 5) ? [0.5, 1, 2, 0.25, 3] : [0.5, 2, 1]
        try check(head, .none, .gelu, objective)
    }

    /// Every parameter: in one place of its own and along one random direction.
    private func check(_ head: Head, _ dropout: DropoutRates, _ activation: Activation, _ objective: Objective) throws {
        let model = try TinyTraining.model(head, dropout: dropout, activation: activation)
        let scale: Float = 0.25
        let found = TinyTraining.step(model, scale: scale, objective: objective)
        var reference = ReferenceBERT(
            configuration: model.configuration, head: head, objective: objective, mask: try masks(dropout))
        for parameter in model.parameters { reference.parameters[parameter.name] = parameter.values.map(Double.init) }
        let targets = TinyTraining.targets(head)
        let examples = (0..<6).map { (TinyTraining.ids($0), TinyTraining.types($0), targets[$0]) }
        #expect(abs(reference.loss(examples: examples) - found.loss) < 1e-5)

        var noise = SplitMix(seed: 17)
        for parameter in model.parameters {
            let count = parameter.values.count
            let place = Int(noise.next() % UInt64(count))
            for direction in [(0..<count).map { $0 == place ? 1 : 0 }, (0..<count).map { _ in noise.normal() }] {
                let expected = Double(scale) * slope(of: reference, parameter.name, direction, examples)
                let slope = zip(parameter.gradient, direction).reduce(0) { $0 + Double($1.0) * $1.1 }
                let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
                // fp32 passes of two layers, sums of some hundred products: seven digits become five.
                #expect(abs(slope - expected) < 2e-5 * max(1, length), "\(parameter.name): \(slope), \(expected)")
            }
        }
    }

    /// Central difference: its error is of h², far below the tolerance.
    private func slope(
        of reference: ReferenceBERT, _ name: String, _ direction: [Double],
        _ examples: [(ids: [Int32], types: [UInt8], target: Target)]
    ) -> Double {
        let h = 1e-4
        func loss(_ step: Double) -> Double {
            var moved = reference
            moved.parameters[name] = zip(reference.parameters[name] ?? [], direction).map { $0 + step * $1 }
            return moved.loss(examples: examples)
        }
        return (loss(h) - loss(-h)) / (2 * h)
    }

    /// The masks of the model under test, by dropping ones.
    private func masks(_ rates: DropoutRates) throws -> (DropoutSite, Int, Int, Int) -> [[Double]] {
        let kernels = try Kernels(.portable)
        return { site, example, rows, columns in
            let dropout = Dropout(rate: site.rate(in: rates), seed: TinyTraining.seed, step: 3, site: site.code)
            let ones = Matrix(rows: rows, columns: columns)
            ones.buffer.update(repeating: 1)
            let names = (0..<rows).map { Dropout.name(example: example, token: $0) }
            kernels.drop(ones, rows: 0..<rows, dropout, names: names)
            return (0..<rows).map { ones[$0].map(Double.init) }
        }
    }
}
