import ModelFiles

/// One line of a run's history: what was measured at a step. Members are Trainer's: `loss`, `learning_rate`, `grad_norm`, or
/// the metrics of an evaluation, `eval_accuracy` and the like.
struct LogEntry: Sendable, Equatable {
    let step: Int
    let epoch: Double
    /// In the order of their names, as they come back from a file: an entry is the same before and after a resume.
    let values: [MetricValue]

    init(step: Int, epoch: Double, values: [MetricValue]) {
        self.step = step
        self.epoch = epoch
        self.values = values.sorted { $0.name < $1.name }
    }

    /// The metrics of a set, each with the set's prefix.
    init(step: Int, epoch: Double, set: String, _ evaluation: Evaluation) {
        let prefix = Self.prefix(of: set)
        self.init(
            step: step, epoch: epoch,
            values: evaluation.metrics.map { MetricValue(name: "\(prefix)_\($0.name)", value: $0.value) })
    }

    /// What Trainer puts before the metrics of a set.
    static func prefix(of set: String) -> String {
        switch set {
        case "dev": "eval"
        case "test": "test"
        default: "eval_\(set)"
        }
    }

    subscript(name: String) -> Double? { values.first { $0.name == name }?.value }

    /// Whether it holds the metrics of a set; the other lines have the loss of the training.
    var isEvaluation: Bool { self["loss"] == nil }

    var json: JSONValue {
        var members = Dictionary(values.map { ($0.name, JSONValue.number($0.value)) }) { $1 }
        members["step"] = .integer(step)
        members["epoch"] = .number(epoch)
        return .object(members)
    }

    init(_ json: JSONObject) throws(ModelFileError) {
        step = try json.integer("step", in: 0...Int.max)
        epoch = try json.double("epoch")
        var values: [MetricValue] = []
        for name in json.members.keys.sorted() where name != "step" && name != "epoch" {
            values.append(MetricValue(name: name, value: try json.double(name)))
        }
        self.values = values
    }
}

extension JSONObject {
    /// A number; null is one that JSON cannot write.
    func double(_ field: String) throws(ModelFileError) -> Double {
        if members[field] == .null { return .nan }
        guard let number = members[field]?.double else { throw wrong(field, expected: "a number") }
        return number
    }

    func objects(_ field: String) throws(ModelFileError) -> [JSONObject] {
        guard case .array(let values)? = members[field] else { throw wrong(field, expected: "a list") }
        var objects: [JSONObject] = []
        for (index, value) in values.enumerated() {
            objects.append(try JSONObject(value, file: self.file, field: "\(field)[\(index)]"))
        }
        return objects
    }
}
