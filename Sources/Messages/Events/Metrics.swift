import CMessages

/// Scores on an evaluation set.
public struct Metrics: Equatable, Sendable {
    public var step: Int
    public let epoch: Double?
    /// `dev`, `dev-mismatched`, `test`
    public var set: String
    public var metrics: [Metric]

    public init(step: Int, epoch: Double?, set: String, metrics: [Metric]) {
        self.step = step
        self.epoch = epoch.flatMap { $0.isFinite ? $0 : nil }
        self.set = set
        self.metrics = metrics
    }
}

extension Metrics: WireMessage {
    init(_ wire: Bertd__Metrics) throws(MessageError) {
        self.init(
            step: try Read.number(wire.has_step, wire.step, "metrics.step") ?? 0,
            epoch: Read.present(wire.has_epoch, wire.epoch),
            set: try Read.string(wire.has_set, wire.set, "metrics.set") ?? "",
            metrics: try Read.messages(wire.n_metrics, wire.metrics))
    }

    func write(to wire: inout Bertd__Metrics, _ arena: Arena) {
        arena.put(step, &wire.has_step, &wire.step)
        arena.put(epoch, &wire.has_epoch, &wire.epoch)
        arena.put(set, &wire.has_set, &wire.set)
        (wire.n_metrics, wire.metrics) = arena.list(metrics)
    }
}
