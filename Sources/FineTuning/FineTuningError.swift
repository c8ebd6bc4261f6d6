/// Why a run cannot begin, or cannot go on; every case says what was expected and what was found.
package enum FineTuningError: Error, Equatable, Sendable {
    /// What is wrong at one place of a data file: `line` counts from 1, `field` is a column or a JSON member.
    case invalidData(file: String, line: Int?, field: String?, expected: String, found: String)
    case missingData(role: String, task: String)
    case unreadable(file: String, reason: String)
    case unwritable(file: String, reason: String)
    /// The base model or its tokenizer cannot be used.
    case model(reason: String)
    /// An option that does not fit the task, the data or the model.
    case option(name: String, expected: String, found: String)
    /// The loss, or the gradients, are no longer numbers.
    case notFinite(quantity: String, step: Int, learningRate: Double, lastCheckpoint: String?)
    /// A checkpoint that is incomplete, or of another run.
    case checkpoint(folder: String, field: String, expected: String, found: String)

    /// The file, line and field that are to blame, for who reports them apart from the sentence.
    package var place: (file: String?, line: Int?, field: String?) {
        switch self {
        case .invalidData(let file, let line, let field, _, _): (file, line, field)
        case .unreadable(let file, _), .unwritable(let file, _): (file, nil, nil)
        case .option(let name, _, _): (nil, nil, name)
        case .checkpoint(let folder, let field, _, _): (folder, nil, field)
        case .missingData(let role, _): (nil, nil, role)
        case .model, .notFinite: (nil, nil, nil)
        }
    }
}

extension FineTuningError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidData(let file, let line, let field, let expected, let found):
            let place = [file, line.map { "line \($0)" }, field.map { "field '\($0)'" }].compactMap(\.self)
            return "\(place.joined(separator: ", ")): expected \(expected), found \(found)"
        case .missingData(let role, let task): return "the task '\(task)' needs data for '\(role)', found none"
        case .unreadable(let file, let reason): return "cannot read '\(file)': \(reason)"
        case .unwritable(let file, let reason): return "cannot write '\(file)': \(reason)"
        case .model(let reason): return "the model cannot be trained: \(reason)"
        case .option(let name, let expected, let found): return "\(name): expected \(expected), found \(found)"
        case .notFinite(let quantity, let step, let learningRate, let lastCheckpoint):
            let cause = "the \(quantity) of step \(step) is not a finite number at learning rate \(learningRate)"
            let advice = lastCheckpoint.map { "the last good checkpoint is '\($0)'" } ?? "there is no checkpoint yet"
            return "\(cause): a lower learning rate or a longer warm-up may help; \(advice)"
        case .checkpoint(let folder, let field, let expected, let found):
            return "checkpoint '\(folder)': \(field) is \(found), expected \(expected)"
        }
    }
}
