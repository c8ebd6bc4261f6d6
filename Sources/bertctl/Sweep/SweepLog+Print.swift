import Messages
import Sweep
import SweepController
import Terminal

extension SweepLog {
    /// One word.
    var state: String {
        switch (definition.intent, isOver) {
        case (.run, _) where isOver && study.isDone: "finished"
        case (.run, true): "paused"
        case (.run, false): study.trials.isEmpty ? "beginning" : "running"
        case (.pause, let isOver): isOver ? "paused" : "pausing"
        case (.stop, let isOver): isOver ? "stopped" : "stopping"
        case (.cancel, let isOver): isOver ? "cancelled" : "ending"
        }
    }

    var json: JSON {
        .object([
            ("sweep", .string(definition.name)), ("state", .string(state)), ("task", .string(definition.task)),
            ("model", .string(definition.model)), ("metric", .string(definition.metric)),
            ("goal", .string(definition.study.direction.rawValue)),
            ("trials", .int(definition.study.trials)), ("begun", .int(study.trials.count)),
            ("ended", .int(study.trials.values.filter(\.state.isEnded).count)),
            ("best", .optional(study.best) { $0.json(self) }),
            ("promoted", .optional(promoted) { .string($0.description) }),
        ])
    }

    var fields: [(String, String)] {
        var fields = [
            ("sweep", definition.name), ("state", state), ("task", definition.task), ("model", definition.model),
            ("trials", "\(study.trials.count) of \(definition.study.trials) begun"),
            ("metric", "\(definition.metric), to \(definition.study.direction.rawValue)"),
            ("search", "\(definition.study.sampler.rawValue), pruner \(definition.study.pruner.rawValue)"),
        ]
        if let best = study.best, let score = best.score {
            fields.append(("best", "trial \(best.number): \(SweepTable.score(score)), \(SweepTable.point(best, self))"))
        }
        if let promoted { fields.append(("promoted", promoted.description)) }
        return fields
    }
}

extension Trial {
    func json(_ log: SweepLog) -> JSON {
        let parameters = zip(log.definition.study.space.parameters, point.values).map { ($0.name, $1.json) }
        let curve = replicas.flatMap { replica in
            replica.curve.map { JSON.array([.double($0.epochs), .double($0.value)]) }
        }
        return .object([
            ("trial", .int(number)), ("state", .string(state.rawValue)), ("parameters", .object(parameters)),
            (log.definition.metric, .optional(score) { .double($0) }),
            ("epochs", .double(reached > 0 ? goals[reached - 1] : 0)), ("curve", .array(curve)),
        ])
    }
}

extension ParameterValue {
    var json: JSON {
        switch self {
        case .integer(let value): .int(value)
        case .number(let value): .double(value)
        case .text(let value): .string(value)
        case .flag(let value): .bool(value)
        }
    }
}

extension SweepDefinition {
    /// What trains a trial by itself.
    func command(of point: Point) -> String {
        var words = ["bertctl", "finetune"]
        words += files.filter { $0.role == "train" }.map { Self.quoted($0.data) }
        for file in files where file.role == "dev" { words += ["--dev", Self.quoted(file.data)] }
        words += ["--task", task, "--model", model]
        for (name, value) in [("text", columns.text), ("text2", columns.text2), ("label", columns.label)] {
            if let value { words += ["--\(name)", Self.quoted(value)] }
        }
        for setting in settings(of: point, replica: 0) {
            words += ["--set", Self.quoted("\(setting.name)=\(setting.value)")]
        }
        return words.joined(separator: " ")
    }

    private static func quoted(_ word: String) -> String {
        let isPlain = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-=/@:+,".contains($0)) }
        return isPlain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }
}
