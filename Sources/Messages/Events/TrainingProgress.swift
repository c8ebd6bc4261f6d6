import CMessages

/// Where a run stands: proto `Progress`. Numbers that are not known, or not finite, are nil.
public struct TrainingProgress: Equatable, Sendable {
    /// Done.
    public var step: Int
    public var totalSteps: Int
    /// Done, with its fraction.
    public let epoch: Double?
    /// Mean over the steps since the last progress.
    public let loss: Double?
    public let learningRate: Double?
    /// Before clipping.
    public let gradientNorm: Double?
    public let tokensPerSecond: Double?
    /// Whole milliseconds.
    public var timeLeft: Duration?

    public init(
        step: Int, totalSteps: Int, epoch: Double? = nil, loss: Double? = nil, learningRate: Double? = nil,
        gradientNorm: Double? = nil, tokensPerSecond: Double? = nil, timeLeft: Duration? = nil
    ) {
        func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
        self.step = step
        self.totalSteps = totalSteps
        self.epoch = finite(epoch)
        self.loss = finite(loss)
        self.learningRate = finite(learningRate)
        self.gradientNorm = finite(gradientNorm)
        self.tokensPerSecond = finite(tokensPerSecond)
        self.timeLeft = timeLeft
    }
}

extension TrainingProgress: WireMessage {
    init(_ wire: Bertd__Progress) throws(MessageError) {
        self.init(
            step: try Read.number(wire.has_step, wire.step, "progress.step") ?? 0,
            totalSteps: try Read.number(wire.has_total_steps, wire.total_steps, "progress.total_steps") ?? 0,
            epoch: Read.present(wire.has_epoch, wire.epoch), loss: Read.present(wire.has_loss, wire.loss),
            learningRate: Read.present(wire.has_learning_rate, wire.learning_rate),
            gradientNorm: Read.present(wire.has_gradient_norm, wire.gradient_norm),
            tokensPerSecond: Read.present(wire.has_tokens_per_second, wire.tokens_per_second),
            timeLeft: try Read.milliseconds(wire.has_eta_ms, wire.eta_ms, "progress.eta_ms"))
    }

    func write(to wire: inout Bertd__Progress, _ arena: Arena) {
        arena.put(step, &wire.has_step, &wire.step)
        arena.put(totalSteps, &wire.has_total_steps, &wire.total_steps)
        arena.put(epoch, &wire.has_epoch, &wire.epoch)
        arena.put(loss, &wire.has_loss, &wire.loss)
        arena.put(learningRate, &wire.has_learning_rate, &wire.learning_rate)
        arena.put(gradientNorm, &wire.has_gradient_norm, &wire.gradient_norm)
        arena.put(tokensPerSecond, &wire.has_tokens_per_second, &wire.tokens_per_second)
        arena.put(milliseconds: timeLeft, &wire.has_eta_ms, &wire.eta_ms)
    }
}
