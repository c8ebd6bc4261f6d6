import CMessages

/// What of a command the server has taken on.
public struct Accepted: Equatable, Sendable {
    public var rows: Int
    /// As resolved: with its version.
    public var model: ModelReference?
    /// Of a training, as this and the others were given.
    public var settings: [Setting]
    public var startFrom: Digest?
    public var stopAtStep: Int?
    public var totalSteps: Int?

    public init(
        rows: Int, model: ModelReference? = nil, settings: [Setting] = [], startFrom: Digest? = nil,
        stopAtStep: Int? = nil, totalSteps: Int? = nil
    ) {
        self.rows = rows
        self.model = model
        self.settings = settings
        self.startFrom = startFrom
        self.stopAtStep = stopAtStep
        self.totalSteps = totalSteps
    }
}

extension Accepted: WireMessage {
    init(_ wire: Bertd__Accepted) throws(MessageError) {
        rows = try Read.number(wire.has_rows, wire.rows, "accepted.rows") ?? 0
        model = try Read.modelReference(wire.has_model, wire.model, "accepted.model")
        settings = try Read.messages(wire.n_settings, wire.settings)
        startFrom = try Read.digest(wire.has_start_from, wire.start_from, "accepted.start_from")
        stopAtStep = try Read.number(wire.has_stop_at_step, wire.stop_at_step, "accepted.stop_at_step")
        totalSteps = try Read.number(wire.has_total_steps, wire.total_steps, "accepted.total_steps")
    }

    func write(to wire: inout Bertd__Accepted, _ arena: Arena) {
        arena.put(rows, &wire.has_rows, &wire.rows)
        arena.put(model?.description, &wire.has_model, &wire.model)
        (wire.n_settings, wire.settings) = arena.list(settings)
        arena.put(startFrom, &wire.has_start_from, &wire.start_from)
        arena.put(stopAtStep, &wire.has_stop_at_step, &wire.stop_at_step)
        arena.put(totalSteps, &wire.has_total_steps, &wire.total_steps)
    }
}
