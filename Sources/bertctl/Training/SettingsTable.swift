import Tasks
import Terminal

/// The hyper-parameters of a task, with their defaults.
struct SettingsTable {
    let task: TaskName

    var table: Table {
        let defaults = FineTuningOptions(task: task)
        var table = Table([
            .init("SETTING"), .init("DEFAULT"), .init("VALUES", maximumWidth: 70), .init("MEANING", maximumWidth: 120),
            .init("ALSO", maximumWidth: 120),
        ])
        for entry in Hyperparameter.all where entry.kinds.contains(task.kind) {
            table.append([
                entry.name, entry.text(of: defaults) ?? "-", entry.values, entry.summary,
                entry.synonyms.joined(separator: " "),
            ])
        }
        return table
    }

    var json: [JSON] {
        let defaults = FineTuningOptions(task: task)
        return Hyperparameter.all.filter { $0.kinds.contains(task.kind) }.map { entry in
            .object([
                ("name", .string(entry.name)), ("default", .optional(entry.text(of: defaults)) { .string($0) }),
                ("values", .string(entry.values)), ("summary", .string(entry.summary)),
                ("synonyms", .array(entry.synonyms.map { .string($0) })),
            ])
        }
    }
}
