import CMessages

/// The end of a job whose rows are all there, or whose run has come to its end.
public struct Succeeded: Equatable, Sendable {
    public var usage: Usage
    /// From accepted to the first lease.
    public var queueTime: Duration
    /// From accepted to the end.
    public var totalTime: Duration
    /// The model that a run made, registered with this event.
    public var model: ModelReference?
    /// Of a training the best checkpoint's, of an evaluation the result.
    public var metrics: [Metric]
    /// The last one of a run.
    public var checkpoint: Digest?

    public init(
        usage: Usage, queueTime: Duration, totalTime: Duration, model: ModelReference? = nil, metrics: [Metric] = [],
        checkpoint: Digest? = nil
    ) {
        self.usage = usage
        self.queueTime = queueTime
        self.totalTime = totalTime
        self.model = model
        self.metrics = metrics
        self.checkpoint = checkpoint
    }
}

extension Succeeded: WireMessage {
    init(_ wire: Bertd__Succeeded) throws(MessageError) {
        usage = try Read.message(wire.usage) ?? Usage()
        queueTime = try Read.microseconds(wire.has_queue_us, wire.queue_us, "succeeded.queue_us")
        totalTime = try Read.microseconds(wire.has_total_us, wire.total_us, "succeeded.total_us")
        model = try Read.modelReference(wire.has_model, wire.model, "succeeded.model")
        metrics = try Read.messages(wire.n_metrics, wire.metrics)
        checkpoint = try Read.digest(wire.has_checkpoint, wire.checkpoint, "succeeded.checkpoint")
    }

    func write(to wire: inout Bertd__Succeeded, _ arena: Arena) {
        wire.usage = arena.message(usage)
        arena.put(microseconds: queueTime, &wire.has_queue_us, &wire.queue_us)
        arena.put(microseconds: totalTime, &wire.has_total_us, &wire.total_us)
        arena.put(model?.description, &wire.has_model, &wire.model)
        (wire.n_metrics, wire.metrics) = arena.list(metrics)
        arena.put(checkpoint, &wire.has_checkpoint, &wire.checkpoint)
    }
}
