import BERT
import Tasks
import Testing

@testable import FineTuning

@Suite struct OptimizationTests {
    @Test(arguments: [
        ("bert.embeddings.word_embeddings.weight", true), ("bert.embeddings.LayerNorm.weight", false),
        ("bert.encoder.layer.0.attention.self.query.weight", true), ("bert.pooler.dense.bias", false),
        ("bert.encoder.layer.0.output.LayerNorm.bias", false), ("classifier.weight", true), ("classifier.bias", false),
    ]) func weightsDecayAndBiasesAndNormsDoNot(_ name: String, _ decays: Bool) {
        #expect(Optimizer.decays(name) == decays)
    }

    @Test func aGradientIsClippedToTheGreatestNorm() {
        #expect(Optimizer.clipping(norm: 0.5, maximum: 1) == 1)
        #expect(abs(Optimizer.clipping(norm: 4, maximum: 1) - 0.25) < 1e-6)
        #expect(Optimizer.clipping(norm: 4, maximum: 0) == 1, "off")
    }

    private func weighting(_ task: any TrainingTask, _ settings: [String: String] = [:]) throws -> LossWeighting {
        try LossWeighting(task, options: ToyRun.options(settings))
    }

    private func example(_ target: Target) -> Example { Example(ids: [2, 5, 3], types: [0, 0, 0], target: target) }

    @Test func theLossIsAMeanOverTheStep() throws {
        let toy = ToyTask()
        let step = Array(toy.training.prefix(8))
        #expect(try weighting(toy).objective(step).scale == 0.125)
        let tags = [example(.tags([-1, 1, -1])), example(.tags([0, 1, 1]))]
        let (objective, scale) = try weighting(toy).objective(tags)
        #expect(scale == 0.25 && objective.tokenLossFactor == 1, "four tokens count")
        #expect(try weighting(toy).objective([example(.tags([-1, -1, -1]))]).scale == 0)
    }

    @Test func weightedLossesAreDividedByTheirWeights() throws {
        let toy = ToyTask()
        let step = [example(.label(0)), example(.label(1)), example(.label(1))]
        let (objective, scale) = try weighting(toy, ["class_weights": "2,0.5"]).objective(step)
        #expect(objective.classWeights == [2, 0.5] && scale == 1 / 3)
        let counts = toy.training.reduce(into: [0, 0]) { counts, example in
            if case .label(let label) = example.target { counts[label] += 1 }
        }
        let balanced = try weighting(toy, ["class_weights": "balanced"]).objective(step).objective.classWeights
        #expect(balanced == counts.map { Float(90 / (2 * Double($0))) })
    }

    @Test func slotsCountAsAMeanOverWordsBesideTheIntents() throws {
        var toy = JointToy()
        toy.training = [example(.joint(label: 0, tags: [-1, 1, 0])), example(.joint(label: 1, tags: [-1, 1, -1]))]
        let (objective, scale) = try weighting(toy).objective(toy.training)
        // (a + b) / 2 + (x + y + z) / 3 = (a + b + 2/3 (x + y + z)) / 2
        #expect(scale == 0.5 && abs(objective.tokenLossFactor - 2 / 3) < 1e-6)
    }

    private struct JointToy: TrainingTask {
        let head = Head.joint(sequenceLabels: 2, tokenLabels: 2)
        let labels = ["a", "b"]
        let tokenLabels = ["O", "B-x"]
        var training: [Example] = []
        let evaluationSets: [EvaluationSet] = []
        let metric = MetricName.slotF1
        var survey: DataSurvey { ToyTask().survey }
        func evaluate(_ set: EvaluationSet, outputs: [[Float]]) -> Evaluation { Evaluation(metrics: []) }
        func predictions(_ set: EvaluationSet, outputs: [[Float]]) -> PredictionsFile { .init(name: "none", text: "") }
    }
}
