import CMessages

/// What is known of a run before it begins. Times are in whole milliseconds.
public struct Survey: Equatable, Sendable {
    /// The training set first.
    public var sets: [DataSurvey]
    /// Tokens that an example may have.
    public var maxTokens: Int
    /// What other limits would cut and cost.
    public var choices: [LengthChoice]
    public var totalSteps: Int
    /// From steps that were measured.
    public var epochTime: Duration?
    /// Of memory, estimated.
    public var peakBytes: Int
    /// Of memory, that the machine has.
    public var machineBytes: Int

    /// Another limit of an example's tokens.
    public struct LengthChoice: Equatable, Sendable {
        public var maxTokens: Int
        /// Of the training set.
        public var cutRows: Int
        public var epochTime: Duration?

        public init(maxTokens: Int, cutRows: Int, epochTime: Duration? = nil) {
            self.maxTokens = maxTokens
            self.cutRows = cutRows
            self.epochTime = epochTime
        }
    }

    public init(
        sets: [DataSurvey], maxTokens: Int, choices: [LengthChoice] = [], totalSteps: Int, epochTime: Duration? = nil,
        peakBytes: Int, machineBytes: Int
    ) {
        self.sets = sets
        self.maxTokens = maxTokens
        self.choices = choices
        self.totalSteps = totalSteps
        self.epochTime = epochTime
        self.peakBytes = peakBytes
        self.machineBytes = machineBytes
    }
}

extension Survey: WireMessage {
    init(_ wire: Bertd__Survey) throws(MessageError) {
        sets = try Read.messages(wire.n_sets, wire.sets)
        maxTokens = try Read.number(wire.has_max_tokens, wire.max_tokens, "survey.max_tokens") ?? 0
        choices = try Read.messages(wire.n_choices, wire.choices)
        totalSteps = try Read.number(wire.has_total_steps, wire.total_steps, "survey.total_steps") ?? 0
        epochTime = try Read.milliseconds(wire.has_epoch_ms, wire.epoch_ms, "survey.epoch_ms")
        peakBytes = try Read.number(wire.has_peak_bytes, wire.peak_bytes, "survey.peak_bytes") ?? 0
        machineBytes = try Read.number(wire.has_machine_bytes, wire.machine_bytes, "survey.machine_bytes") ?? 0
    }

    func write(to wire: inout Bertd__Survey, _ arena: Arena) {
        (wire.n_sets, wire.sets) = arena.list(sets)
        arena.put(maxTokens, &wire.has_max_tokens, &wire.max_tokens)
        (wire.n_choices, wire.choices) = arena.list(choices)
        arena.put(totalSteps, &wire.has_total_steps, &wire.total_steps)
        arena.put(milliseconds: epochTime, &wire.has_epoch_ms, &wire.epoch_ms)
        arena.put(peakBytes, &wire.has_peak_bytes, &wire.peak_bytes)
        arena.put(machineBytes, &wire.has_machine_bytes, &wire.machine_bytes)
    }
}

extension Survey.LengthChoice: WireMessage {
    init(_ wire: Bertd__LengthChoice) throws(MessageError) {
        maxTokens = try Read.number(wire.has_max_tokens, wire.max_tokens, "choice.max_tokens") ?? 0
        cutRows = try Read.number(wire.has_cut_rows, wire.cut_rows, "choice.cut_rows") ?? 0
        epochTime = try Read.milliseconds(wire.has_epoch_ms, wire.epoch_ms, "choice.epoch_ms")
    }

    func write(to wire: inout Bertd__LengthChoice, _ arena: Arena) {
        arena.put(maxTokens, &wire.has_max_tokens, &wire.max_tokens)
        arena.put(cutRows, &wire.has_cut_rows, &wire.cut_rows)
        arena.put(milliseconds: epochTime, &wire.has_epoch_ms, &wire.epoch_ms)
    }
}
