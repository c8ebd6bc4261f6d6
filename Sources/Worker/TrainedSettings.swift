import Foundation
import ModelFiles
import Tasks

/// How a model was fine-tuned, as `training_args.json` in its folder tells: `{"task": "…", "settings": {"name": "value"}}`.
///
/// A model that may answer "none" does so at the threshold that was best for its development set, where
/// `all_results.json` has one, not at the one it was trained with.
struct TrainedSettings {
    let task: TaskName
    let settings: [(name: String, value: String)]
    let options: FineTuningOptions

    /// Nil for a folder of another program, which has no such file or one of its own.
    init?(in folder: URL) {
        let file = folder.appending(path: "training_args.json")
        guard let json = try? JSONObject(reading: file), case .string(let name)? = json.value("task"),
            let task = TaskName(rawValue: name), let members = try? json.object("settings").members
        else { return nil }
        let asked = members.sorted { $0.key < $1.key }.compactMap { name, value -> (name: String, value: String)? in
            if case .string(let value) = value { (name, value) } else { nil }
        }
        let tuned = Self.tuned(in: folder)
        settings = asked.filter { setting in !tuned.contains { $0.name == setting.name } } + tuned
        guard let options = try? FineTuningOptions(task: task, settings: settings) else { return nil }
        self.task = task
        self.options = options
    }

    /// What the development set chose.
    private static func tuned(in folder: URL) -> [(name: String, value: String)] {
        guard let results = try? JSONObject(reading: folder.appending(path: "all_results.json")),
            let threshold = results.value("eval_best_f1_thresh")?.double
        else { return [] }
        return [("version_2", "true"), ("null_threshold", "\(min(max(threshold, -1000), 1000))")]
    }
}
