import Sweep
import SweepFile
import Tasks
import TestSupport
import Testing

/// Whatever a file can plan is written so that it reads back.
@Suite struct RoundTripTests {
    private static let distributions: [Distribution] = [
        .categorical([.integer(-3), .number(0.1)], probabilities: [1.0 / 3, 2.0 / 3]), .integerUniform(-7...12),
        .uniform(-0.1...2.5e-7, step: nil), .uniform(-1...1, step: 0.1), .logUniform(1e-5...0.3, step: nil),
        .logUniform(1...64, step: 8), .inverseLogUniform(0.1...7), .normal(mean: -1, deviation: 0.3, step: nil),
        .normal(mean: 1e-3, deviation: 2, step: 0.5), .logNormal(mean: 0.1, deviation: 1, step: nil),
        .logNormal(mean: 1, deviation: 0.5, step: 2), .beta(a: 2, b: 0.5, step: nil), .beta(a: 1, b: 3, step: 0.25),
    ]

    private static let scalars: [Unicode.Scalar] = Array(
        "aZ9 :#'\"\\\n\t{}[]&*!|>%@`,?-~é中\u{1F600}\u{7}\u{2028}\u{200B}".unicodeScalars)

    private static func text(_ random: inout Seeded) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0...Int.random(in: 0...9, using: &random) { text.append(scalars.randomElement(using: &random) ?? "a") }
        return String(text)
    }

    @Test(arguments: UInt64(0)..<150) func aPlanReadsBackFromItsFile(seed: UInt64) throws {
        var random = Seeded(seed)
        var plan = try SweepPlan.paper(base: [.task: "question-answering"])
        let (text, other) = (Self.text(&random), Self.text(&random))
        plan.name = Bool.random(using: &random) ? text : nil
        plan.description = Bool.random(using: &random) ? other : nil
        plan.base[BaseName.allCases.filter { $0 != .task }.randomElement(using: &random) ?? .data] = text
        plan.fixed = ["eval_every": "epoch", "warmup_steps": "10", "version_2": "true", "learning_rate": "1e-05"]
        plan.space = SearchSpace([
            Parameter("null_threshold", Self.distributions.randomElement(using: &random) ?? .integerUniform(0...1)),
            Parameter("epochs", .integerUniform(3...30)),
            Parameter("optimizer", .categorical([.text("adamw"), .text("bertadam")], probabilities: nil)),
        ])
        plan.direction = .minimize
        plan.metric = .loss
        plan.sampler = [.random, .tpe, .gaussianProcess].randomElement(using: &random) ?? .random
        plan.pruner = PrunerName.allCases.randomElement(using: &random) ?? .none
        plan.rungs = plan.pruner == .none ? [] : [1, Int.random(in: 2...29, using: &random)]
        plan.reduction = [.none, .median].contains(plan.pruner) ? 3 : Int.random(in: 2...5, using: &random)
        plan.trials = Bool.random(using: &random) ? Int.random(in: 1...999, using: &random) : nil
        plan.maxParallel = Bool.random(using: &random) ? Int.random(in: 1...999, using: &random) : nil
        plan.retries = Int.random(in: 0...9, using: &random)
        plan.seedsPerTrial = Int.random(in: 1...9, using: &random)
        plan.seed = random.next()
        #expect(try planFile(plan.commentedYAML).plan == plan, "seed \(seed): \(plan.commentedYAML)")
    }
}
