import CMessages

/// Trains a model for a task: one job, done as a whole by one training worker.
///
/// Whether there is such a task, and whether its settings make sense, is for others to say; here they are as received.
public struct FineTune: Equatable, Sendable {
    /// To begin with.
    public var model: ModelReference
    public var task: String
    public var data: [DataFile]
    public var columns: ColumnNames
    /// Hyper-parameters by name. Default: the task's own.
    public var settings: [Setting]
    /// The result is this name's next version; nil: it is not registered.
    public var name: ModelName?
    /// A checkpoint of an earlier job.
    public var startFrom: Digest?
    /// End there, with a checkpoint.
    public var stopAtStep: Int?
    /// Fixes the schedule.
    public var totalSteps: Int?
    /// End after the survey.
    public var isDryRun: Bool

    public init(
        model: ModelReference, task: String, data: [DataFile], columns: ColumnNames = ColumnNames(),
        settings: [Setting] = [], name: ModelName? = nil, startFrom: Digest? = nil, stopAtStep: Int? = nil,
        totalSteps: Int? = nil, isDryRun: Bool = false
    ) {
        self.model = model
        self.task = task
        self.data = data
        self.columns = columns
        self.settings = settings
        self.name = name
        self.startFrom = startFrom
        self.stopAtStep = stopAtStep
        self.totalSteps = totalSteps
        self.isDryRun = isDryRun
    }
}

extension FineTune: WireMessage {
    init(_ wire: Bertd__FineTune) throws(MessageError) {
        try Read.onlyKnownFields(wire.base, "fine_tune")
        model = try Read.modelReference(wire.has_model, wire.model, "model").required("model")
        task = try Read.word(wire.has_task, wire.task, "task").required("task")
        data = try Read.dataFiles(wire.n_data, wire.data)
        columns = ColumnNames(
            text: try Read.word(wire.has_text, wire.text, "text"),
            text2: try Read.word(wire.has_text2, wire.text2, "text2"),
            label: try Read.word(wire.has_label, wire.label, "label"))
        settings = try Read.settings(wire.n_settings, wire.settings)
        name = try Read.modelName(wire.has_name, wire.name, "name")
        startFrom = try Read.digest(wire.has_start_from, wire.start_from, "start_from")
        stopAtStep = try Read.count(wire.has_stop_at_step, wire.stop_at_step, "stop_at_step")
        totalSteps = try Read.count(wire.has_total_steps, wire.total_steps, "total_steps")
        isDryRun = Read.bool(wire.has_dry_run, wire.dry_run) ?? false
    }

    func write(to wire: inout Bertd__FineTune, _ arena: Arena) {
        arena.put(model.description, &wire.has_model, &wire.model)
        arena.put(task, &wire.has_task, &wire.task)
        (wire.n_data, wire.data) = arena.list(data)
        arena.put(columns.text, &wire.has_text, &wire.text)
        arena.put(columns.text2, &wire.has_text2, &wire.text2)
        arena.put(columns.label, &wire.has_label, &wire.label)
        (wire.n_settings, wire.settings) = arena.list(settings)
        arena.put(name?.string, &wire.has_name, &wire.name)
        arena.put(startFrom, &wire.has_start_from, &wire.start_from)
        arena.put(stopAtStep, &wire.has_stop_at_step, &wire.stop_at_step)
        arena.put(totalSteps, &wire.has_total_steps, &wire.total_steps)
        arena.put(isDryRun, &wire.has_dry_run, &wire.dry_run)
    }
}
