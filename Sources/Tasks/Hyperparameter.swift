/// One line of the table of hyper-parameters: its names, what it may be, and where it goes in ``FineTuningOptions``.
package struct Hyperparameter: Sendable {
    /// As settings, files and events name it.
    package let name: String
    /// Trainer's spelling and other common ones.
    package let synonyms: [String]
    /// Type and range in words: `a whole number from 1 to 4096`.
    package let values: String
    /// One sentence for a help page.
    package let summary: String
    /// The tasks that have it.
    package let kinds: Set<TaskKind>

    private let write: @Sendable (inout FineTuningOptions, String) throws(OptionError) -> Bool
    private let read: @Sendable (FineTuningOptions) -> String?

    /// - Parameters:
    ///   - write: puts a value where it belongs; `false` if it is none of `values`
    ///   - read: the value as `write` takes it; nil if it is not set
    init(
        _ name: String, synonyms: [String], values: String, _ summary: String, kinds: [TaskKind] = TaskKind.allCases,
        write: @escaping @Sendable (inout FineTuningOptions, String) throws(OptionError) -> Bool,
        read: @escaping @Sendable (FineTuningOptions) -> String?
    ) {
        self.name = name
        self.synonyms = synonyms
        self.values = values
        self.summary = summary
        self.kinds = Set(kinds)
        self.write = write
        self.read = read
    }

    package func set(_ value: String, in options: inout FineTuningOptions) throws(OptionError) {
        guard try write(&options, value) else { throw .badValue(field: name, expected: values, found: value) }
    }

    /// nil if the value is left to the model, or is off.
    package func text(of options: FineTuningOptions) -> String? { read(options) }

    /// The hyper-parameter of a task that is called so, whatever the case and whether with `-` or `_`.
    package static func named(_ found: String, of task: TaskName) throws(OptionError) -> Hyperparameter {
        let folded = Spelling.folded(found)
        guard
            let entry = all.first(where: { entry in
                ([entry.name] + entry.synonyms).contains { Spelling.folded($0) == folded }
            })
        else {
            let known = all.filter { $0.kinds.contains(task.kind) }.flatMap { [$0.name] + $0.synonyms }
            throw .unknownSetting(found: found, nearest: Spelling.nearest(to: found, among: known))
        }
        guard entry.kinds.contains(task.kind) else {
            let kinds = TaskKind.allCases.filter(entry.kinds.contains).map(\.rawValue)
            throw .foreignSetting(field: entry.name, task: task.rawValue, kinds: kinds)
        }
        return entry
    }
}
