import CMessages

/// Scores a model on data, as it was scored in its training: one job, done as a whole by one training worker.
public struct Evaluate: Equatable, Sendable {
    public var model: ModelReference
    /// Default: the one that the model was trained for.
    public var task: String?
    public var data: [DataFile]
    public var columns: ColumnNames

    public init(
        model: ModelReference, task: String? = nil, data: [DataFile], columns: ColumnNames = ColumnNames()
    ) {
        self.model = model
        self.task = task
        self.data = data
        self.columns = columns
    }
}

extension Evaluate: WireMessage {
    init(_ wire: Bertd__Evaluate) throws(MessageError) {
        try Read.onlyKnownFields(wire.base, "evaluate")
        model = try Read.modelReference(wire.has_model, wire.model, "model").required("model")
        task = try Read.word(wire.has_task, wire.task, "task")
        data = try Read.dataFiles(wire.n_data, wire.data)
        columns = ColumnNames(
            text: try Read.word(wire.has_text, wire.text, "text"),
            text2: try Read.word(wire.has_text2, wire.text2, "text2"),
            label: try Read.word(wire.has_label, wire.label, "label"))
    }

    func write(to wire: inout Bertd__Evaluate, _ arena: Arena) {
        arena.put(model.description, &wire.has_model, &wire.model)
        arena.put(task, &wire.has_task, &wire.task)
        (wire.n_data, wire.data) = arena.list(data)
        arena.put(columns.text, &wire.has_text, &wire.text)
        arena.put(columns.text2, &wire.has_text2, &wire.text2)
        arena.put(columns.label, &wire.has_label, &wire.label)
    }
}
