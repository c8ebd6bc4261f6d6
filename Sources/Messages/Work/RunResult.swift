import CMessages

/// How a run ended.
package struct RunResult: Equatable, Sendable {
    /// The folder that is to be registered, in the store; nil where the job did not ask for it.
    package var model: Manifest?
    package var metrics: [Metric]

    package init(model: Manifest? = nil, metrics: [Metric] = []) {
        self.model = model
        self.metrics = metrics
    }
}

extension RunResult: WireMessage {
    init(_ wire: Bertd__RunResult) throws(MessageError) {
        model = try Read.message(wire.model)
        metrics = try Read.messages(wire.n_metrics, wire.metrics)
    }

    func write(to wire: inout Bertd__RunResult, _ arena: Arena) {
        wire.model = arena.message(model)
        (wire.n_metrics, wire.metrics) = arena.list(metrics)
    }
}
