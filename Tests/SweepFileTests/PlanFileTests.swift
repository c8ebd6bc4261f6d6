import Sweep
import SweepFile
import Tasks
import Testing

/// What a good file plans.
@Suite struct PlanFileTests {
    static let fileOfWandB = """
        program: train.py
        command: ["${env}", python3, "${program}", "${args}"]
        project: reviews
        entity: team
        name: reviews sweep
        description: "Which rate, and how long?"
        method: bayes
        metric:
          name: eval/accuracy
          goal: maximize
        parameters:
          learning_rate:
            distribution: log_uniform_values
            min: 1e-5
            max: 1e-4
          per_device_train_batch_size:
            values: [16, 32]
            probabilities: [0.25, 0.75]
          num_train_epochs: {min: 2, max: 4}
          optim: {value: AdamW}
          schedule:
            parameters:
              warmup: {min: 0.0, max: 0.2}
              lr_scheduler_type: {values: [linear, cosine_with_warmup]}
        early_terminate: {type: hyperband, min_iter: 1, eta: 2}
        run_cap: 24
        """

    @Test func aFileOfWandBIsReadAsItIs() throws {
        let read = try planFile(Self.fileOfWandB, flags: [.data: "reviews.csv", .model: "minilm"])
        let plan = read.plan
        #expect(plan.name == "reviews sweep" && plan.description == "Which rate, and how long?")
        #expect(
            plan.space.parameters == [
                Parameter("learning_rate", .logUniform(1e-5...1e-4, step: nil)),
                Parameter("batch_size", .categorical([.integer(16), .integer(32)], probabilities: [0.25, 0.75])),
                Parameter("epochs", .integerUniform(2...4)),
                Parameter("warmup_ratio", .uniform(0...0.2, step: nil)),
                Parameter("schedule", .categorical([.text("linear"), .text("cosine")], probabilities: nil)),
            ])
        #expect(plan.fixed == ["optimizer": "adamw"])
        #expect(plan.metric == .accuracy && plan.direction == .maximize)
        #expect(plan.sampler == .gaussianProcess && plan.pruner == .hyperband)
        #expect(plan.rungs == [1, 2] && plan.reduction == 2 && plan.trials == 24)
        #expect(plan.base == [.data: "reviews.csv", .model: "minilm"] && plan.task == .classification)
        #expect(plan.maxParallel == nil && plan.retries == 2 && plan.seedsPerTrial == 1 && plan.seed == 0)
        #expect(
            read.warningLines == [
                "sweep.yaml:1:1: 'program' is ignored: trials are fine-tuned by the service's workers",
                "sweep.yaml:2:1: 'command' is ignored: trials are fine-tuned by the service's workers",
                "sweep.yaml:3:1: 'project' is ignored: a sweep belongs to no account",
                "sweep.yaml:4:1: 'entity' is ignored: a sweep belongs to no account",
            ])
        try read.requireBase()
    }

    static let distributions: [(String, Distribution)] = [
        ("values: [1, 2.5]", .categorical([.integer(1), .number(2.5)], probabilities: nil)),
        (
            "{distribution: categorical_w_probabilities, values: [1, 2], probabilities: [0.5, 0.5]}",
            .categorical([.integer(1), .integer(2)], probabilities: [0.5, 0.5])
        ),
        ("distribution: int_uniform, min: 1, max: 9", .integerUniform(1...9)),
        ("min: 1, max: 9", .integerUniform(1...9)),
        ("min: 1, max: 9.5", .uniform(1...9.5, step: nil)),
        ("distribution: uniform, min: 1, max: 9", .uniform(1...9, step: nil)),
        ("distribution: q_uniform, min: 1, max: 9", .uniform(1...9, step: 1)),
        ("distribution: log_uniform, min: 0, max: 2", .logUniform(1...7.38905609893065, step: nil)),
        ("distribution: q_log_uniform, min: 0, max: 2, q: 0.5", .logUniform(1...7.38905609893065, step: 0.5)),
        ("distribution: inv_log_uniform, min: -2, max: 0", .inverseLogUniform(1...7.38905609893065)),
        ("distribution: log_uniform_values, min: 1, max: 9", .logUniform(1...9, step: nil)),
        ("distribution: q_log_uniform_values, min: 1, max: 9, q: 2", .logUniform(1...9, step: 2)),
        ("distribution: inv_log_uniform_values, min: 1, max: 9", .inverseLogUniform(1...9)),
        ("distribution: normal", .normal(mean: 0, deviation: 1, step: nil)),
        ("distribution: q_normal, mu: 3, sigma: 0.5, q: 0.1", .normal(mean: 3, deviation: 0.5, step: 0.1)),
        ("distribution: log_normal, mu: -1", .logNormal(mean: -1, deviation: 1, step: nil)),
        ("distribution: q_log_normal, q: 2", .logNormal(mean: 0, deviation: 1, step: 2)),
        ("distribution: beta, a: 2", .beta(a: 2, b: 1, step: nil)),
        ("distribution: q_beta, b: 3, q: 0.25", .beta(a: 1, b: 3, step: 0.25)),
    ]

    /// Of a hyper-parameter that takes nearly every number.
    @Test(arguments: distributions)
    func everyDistributionOfWandBIsRead(keys: String, distribution: Distribution) throws {
        let keys = keys.hasPrefix("{") ? keys : "{\(keys)}"
        let text = "method: random\nparameters:\n  task: {value: qa}\n  null_threshold: \(keys)\n"
        #expect(try planFile(text).plan.space.parameters == [Parameter("null_threshold", distribution)])
    }

    @Test(arguments: [
        ("1e-5", "1e-05"), ("\"0.01\"", "0.01"), ("1", "1.0"), ("1_0e-2", "0.1"), (".5", "0.5"), ("!!float 0.5", "0.5"),
    ])
    func aFixedNumberIsReadHoweverItIsWritten(written: String, setting: String) throws {
        let text = file("lr", keys: "value: \(written)") + "  epochs: {values: [1, 2]}\n"
        #expect(try planFile(text).plan.fixed == ["learning_rate": setting])
    }

    @Test func aNameOfOursWinsOverWandBs() throws {
        let text =
            file("epochs", keys: "values: [1, 9, 4]") + """
                early_terminate: {type: hyperband, max_iter: 27, s: 3}
                x-sampler: tpe
                x-pruner: asha
                x-seed: 18446744073709551615
                x-retries: 0
                x-max-parallel: 3
                x-seeds-per-trial: 2

                """
        let read = try planFile(text)
        #expect(read.plan.sampler == .tpe && read.plan.pruner == .asha)
        #expect(read.plan.rungs == [1, 3] && read.plan.reduction == 3)
        #expect(read.plan.seed == .max && read.plan.retries == 0 && read.plan.maxParallel == 3)
        #expect(read.plan.seedsPerTrial == 2)
        #expect(read.warningLines == ["sweep.yaml:5:1: no trial goes on after epoch 9: the longest has 9"])
    }

    @Test(arguments: [
        ("early_terminate: {type: hyperband, min_iter: 2, eta: 2}", [2, 4, 8]),
        ("early_terminate: {type: hyperband, min_iter: 1}", [1, 3, 9]),
        ("early_terminate: {type: hyperband, max_iter: 9, s: 1}", [3]),
        ("early_terminate: {type: hyperband, max_iter: 10, s: 9, eta: 2}", [1, 2, 5]),
        ("x-pruner: asha", [1, 3, 9]),
        ("x-pruner: hyperband\nx-reduction: 4", [1, 4]),
        ("x-pruner: asha\nx-rungs: [2, 5]", [2, 5]),
        ("x-pruner: median", [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        ("x-pruner: none\nearly_terminate: {type: hyperband, min_iter: 1}", []),
        ("run_cap: 3", []),
    ])
    func rungsAreBelowTheLongestTrial(lines: String, rungs: [Int]) throws {
        let text = file("epochs", keys: "min: 1", "max: 10") + lines + "\n"
        let read = try planFile(text)
        #expect(read.plan.rungs == rungs)
        #expect(read.warnings.isEmpty)
    }

    @Test func aGridHasAsManyTrialsAsPoints() throws {
        let text = file(method: "grid", "epochs", keys: "min: 1", "max: 4") + "  lr: {values: [1e-5, 3e-5, 5e-5]}\n"
        #expect(try planFile(text).plan.trials == 12)
        #expect(try planFile(text + "run_cap: 5\n").plan.trials == 5)
        #expect(try planFile(text + "run_cap: 50\n").plan.trials == 12)
        #expect(try planFile(text.replacing("grid", with: "random")).plan.trials == nil)
    }

    @Test func aliasesStandForWhatTheyName() throws {
        let text = """
            method: random
            parameters:
              weight_decay: &share {min: 0.0, max: 0.1}
              warmup_ratio: *share
            """
        let shares = Distribution.uniform(0...0.1, step: nil)
        #expect(
            try planFile(text).plan.space.parameters
                == [Parameter("weight_decay", shares), Parameter("warmup_ratio", shares)])
    }

    @Test func flagsWinOverTheFile() throws {
        let text = file("task", keys: "value: mrpc") + "  epochs: {values: [1, 2]}\n  data: {value: here}\n"
        let plan = try planFile(text, flags: [.task: "ner", .data: "there"]).plan
        #expect(plan.task == .tokenClassification && plan.base == [.task: "ner", .data: "there"])
        #expect(plan.metric == .f1)
    }
}
