import Foundation
import ModelFiles
import Tasks

/// How a model was fine-tuned, as `training_args.json` in its folder tells: `{"task": "…", "settings": {"name": "value"}}`.
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
        settings = members.sorted { $0.key < $1.key }.compactMap { name, value in
            if case .string(let value) = value { (name, value) } else { nil }
        }
        guard let options = try? FineTuningOptions(task: task, settings: settings) else { return nil }
        self.task = task
        self.options = options
    }
}
