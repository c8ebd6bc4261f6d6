import ArgumentParser
import Messages
import Tasks

/// Hyper-parameters: the common ones as options, all of them by name.
struct TrainingArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Passes over the training data.", valueName: "count"))
    var epochs: String?
    @Option(help: ArgumentHelp("Learning rate at the end of the warm-up.", valueName: "number"))
    var lr: String?
    @Option(help: ArgumentHelp("Examples a batch.", valueName: "count"))
    var batchSize: String?
    @Option(help: ArgumentHelp("Tokens an example, special ones included.", valueName: "count"))
    var maxLength: String?
    @Option(help: ArgumentHelp("Of all that is random.", valueName: "number"))
    var seed: String?
    @Option(
        help: ArgumentHelp(
            "Any hyper-parameter, by its name or another common one; may be repeated.", valueName: "name=value"))
    var set: [String] = []
    @Flag(help: "List the hyper-parameters of --task, with defaults and ranges, and stop.")
    var listSettings = false

    /// By their own names, checked against type and range; the task's defaults are left out.
    func settings(of task: TaskName) throws -> [Setting] {
        var given: [(name: String, value: String)] = []
        let common = [
            ("epochs", epochs), ("learning_rate", lr), ("batch_size", batchSize), ("max_length", maxLength),
            ("seed", seed),
        ]
        for (name, value) in common {
            if let value { given.append((name, value)) }
        }
        return try Self.settings(given, set, of: task)
    }

    /// - Parameter texts: `name=value`
    static func settings(
        _ common: [(name: String, value: String)], _ texts: [String], of task: TaskName
    ) throws -> [Setting] {
        var given = common
        for text in texts {
            guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
                throw ValidationError("--set is '\(text)', expected name=value")
            }
            given.append((String(text[..<sign]), String(text[text.index(after: sign)...])))
        }
        _ = try FineTuningOptions(task: task, settings: given)
        return try given.map { try Setting(name: Hyperparameter.named($0.name, of: task).name, value: $0.value) }
    }
}
