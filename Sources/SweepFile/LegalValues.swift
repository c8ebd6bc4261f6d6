import Sweep
import Tasks

/// What a hyper-parameter of a task may be, asked of the table of fine-tuning value by value.
struct LegalValues {
    let entry: Hyperparameter
    let task: TaskName

    var name: String { entry.name }

    /// Type and range in words.
    var inWords: String { entry.values }

    func takes(_ value: ParameterValue) -> Bool { (try? setting(value)) != nil }

    /// The value as settings spell it.
    func setting(_ value: ParameterValue) throws(OptionError) -> String {
        var options = FineTuningOptions(task: task)
        try entry.set(value.description, in: &options)
        return entry.text(of: options) ?? value.description
    }

    /// The value under the name that fine-tuning has for it, and as a number where it is one.
    func canonical(_ value: ParameterValue) throws(OptionError) -> ParameterValue {
        let setting = try setting(value)
        switch value {
        case .integer, .number, .flag: return value
        case .text:
            return ParameterValue.number(setting) ?? Bool(setting).map { .flag($0) } ?? .text(setting)
        }
    }
}
