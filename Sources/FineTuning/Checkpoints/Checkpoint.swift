import Foundation
import ModelFiles
import Tasks

/// A run on disk, in a folder that can be continued from: Trainer's names, and a last file that says the others are whole.
///
///     checkpoint-120/
///       config.json, vocab.txt …      the model's, so that the folder is a model itself
///       model.safetensors             parameters
///       optimizer.safetensors         moments, `exp_avg.NAME` and `exp_avg_sq.NAME`; not where all is trained
///       trainer_state.json            RunState
///       training_args.json            the settings
///       best.safetensors              parameters of the best step, where it is another one
///       times.json                    RunTimes: the one file that differs between equal runs
///       complete.json                 names and sizes of all others but times.json; written last
struct Checkpoint {
    let state: RunState
    let times: RunTimes
    private let folder: URL

    static let weightsFile = "model.safetensors"
    static let optimizerFile = "optimizer.safetensors"
    static let bestFile = "best.safetensors"
    static let completenessFile = "complete.json"

    static func name(step: Int) -> String { "checkpoint-\(step)" }

    /// Opens a checkpoint of the run that `plan` describes; any other is refused, and so is one that is not whole.
    init(opening folder: URL, plan: RunPlan) throws(FineTuningError) {
        self.folder = folder
        let arguments, state: JSONObject
        do {
            try Self.checkCompleteness(folder)
            arguments = try JSONObject(reading: folder.appending(path: RunPlan.argumentsFile))
            state = try JSONObject(reading: folder.appending(path: RunState.file))
            self.state = try RunState(state)
            times = try RunTimes(JSONObject(reading: folder.appending(path: RunTimes.file)))
        } catch {
            throw Self.refusal(folder, error)
        }
        let own = state.value("bertd").flatMap { try? JSONObject($0, file: RunState.file) }
        let pairs: [(String, JSONValue?, JSONValue)] = [
            ("task", arguments.value("task"), .string(plan.options.task.rawValue)),
            ("list of settings", arguments.value("settings"), plan.settings),
            ("number of steps", state.value("max_steps"), .integer(plan.totalSteps)),
            ("digest of the training data", own?.value("data"), .string(plan.dataDigest)),
        ]
        for (field, found, expected) in pairs where found != expected {
            throw .checkpoint(
                folder: folder.lastPathComponent, field: "its \(field)", expected: expected.text,
                found: found?.text ?? "missing")
        }
    }

    private static func checkCompleteness(_ folder: URL) throws(ModelFileError) {
        let sizes = try JSONObject(reading: folder.appending(path: completenessFile)).object("files")
        for file in sizes.members.keys.sorted() {
            let path = folder.appending(path: file).path
            let found = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
            guard let found, sizes.members[file] == .integer(found) else {
                throw sizes.wrong(file, expected: "the size of the file, \(found ?? 0)")
            }
        }
    }

    /// Puts parameters and moments where they were.
    ///
    /// - Parameter moments: none where nothing is left to be trained
    func restore(parameters: [Numbers], moments: [Numbers]) throws(FineTuningError) {
        try Self.read(parameters, from: folder.appending(path: Self.weightsFile))
        if !moments.isEmpty { try Self.read(moments, from: folder.appending(path: Self.optimizerFile)) }
    }

    /// Reads every tensor of `numbers` from a file that was written with them.
    static func read(_ numbers: [Numbers], from url: URL) throws(FineTuningError) {
        do {
            let file = try TensorFile(url)
            for entry in numbers { try file.copy(entry.name, shape: entry.shape, to: entry.values) }
        } catch {
            throw refusal(url.deletingLastPathComponent(), error)
        }
    }

    /// Where the best step's parameters lie.
    var bestWeights: URL? {
        guard let best = state.best else { return nil }
        return folder.appending(path: best.step == state.step ? Self.weightsFile : Self.bestFile)
    }

    private static func refusal(_ folder: URL, _ error: ModelFileError) -> FineTuningError {
        .checkpoint(
            folder: folder.lastPathComponent, field: "the folder", expected: "a whole checkpoint",
            found: "unusable (\(error))")
    }
}
