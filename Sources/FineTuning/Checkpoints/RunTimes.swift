import ModelFiles

/// When things happened: all of a run that two runs with the same seed do not have in common, in a file of its own.
struct RunTimes: Sendable, Equatable {
    /// Training, evaluation and checkpoints together, over every process that the run has had.
    var trainingSeconds = 0.0
    /// The date of every line of the log.
    var log: [Double] = []

    static let file = "times.json"

    var json: JSONValue {
        .object(["training_seconds": .number(trainingSeconds), "log": .array(log.map(JSONValue.number))])
    }

    init() {}

    init(_ json: JSONObject) throws(ModelFileError) {
        trainingSeconds = try json.double("training_seconds")
        guard case .array(let dates)? = json.value("log") else { throw json.wrong("log", expected: "a list") }
        log = dates.map { $0.double ?? 0 }
    }
}
