import BERT
import Tasks

/// How the losses of a step's examples become the step's loss: what each counts, and what their sum is divided by.
///
/// Everything is taken over the whole step, never over a micro-batch, so that accumulating gives what one large batch does.
struct LossWeighting: Sendable {
    private let head: Head
    private let labelSmoothing: Float
    private let classWeights: [Float]?
    private let slotLossFactor: Double

    init(_ task: any TrainingTask, options: FineTuningOptions) throws(FineTuningError) {
        head = task.head
        labelSmoothing = Float(options.labelSmoothing)
        classWeights = try Self.classWeights(task, options.classWeights)
        slotLossFactor = options.slotLossFactor
    }

    /// - Returns: the objective of a step, and what the sum of its losses is multiplied with to give their mean
    func objective(_ examples: [Example]) -> (objective: Objective, scale: Double) {
        let weights = classWeights
        func weight(_ label: Int) -> Double { weights.map { Double($0[label]) } ?? 1 }
        var total = 0.0
        var words = 0
        for example in examples {
            switch example.target {
            case .label(let label): total += weight(label)
            case .tags(let tags): total += tags.reduce(0) { $0 + ($1 < 0 ? 0 : weight(Int($1))) }
            case .joint(let label, let tags):
                total += weight(label)
                words += tags.count { $0 >= 0 }
            case .value, .span: total += 1
            case .unknown: break
            }
        }
        // A joint step's loss is the mean over sentences plus the factor times the mean over words.
        let tokenFactor = words == 0 ? 0 : slotLossFactor * total / Double(words)
        let isJoint = if case .joint = head { true } else { false }
        let objective = Objective(
            labelSmoothing: labelSmoothing, classWeights: classWeights,
            tokenLossFactor: isJoint ? Float(tokenFactor) : 1)
        return (objective, total == 0 ? 0 : 1 / total)
    }

    private static func classWeights(
        _ task: any TrainingTask, _ weights: ClassWeights
    ) throws(FineTuningError) -> [Float]? {
        switch weights {
        case .none: return nil
        case .list(let list):
            guard list.count == task.labels.count else {
                throw .option(
                    name: "class_weights", expected: "\(task.labels.count) weights, one a label",
                    found: "\(list.count)")
            }
            return list.map(Float.init)
        case .balanced:
            guard !task.labels.isEmpty else {
                throw .option(name: "class_weights", expected: "'none' in a task without labels", found: "'balanced'")
            }
            return balanced(task)
        }
    }

    /// Rows ÷ (labels · rows of the label); 1 for a label that no row has.
    private static func balanced(_ task: any TrainingTask) -> [Float] {
        var counts = [Int](repeating: 0, count: task.labels.count)
        for example in task.training {
            switch example.target {
            case .label(let label), .joint(let label, _): counts[label] += 1
            case .tags(let tags): for tag in tags where tag >= 0 { counts[Int(tag)] += 1 }
            case .value, .span, .unknown: break
            }
        }
        let all = Double(counts.reduce(0, +))
        return counts.map { $0 == 0 ? 1 : Float(all / (Double(counts.count) * Double($0))) }
    }
}
