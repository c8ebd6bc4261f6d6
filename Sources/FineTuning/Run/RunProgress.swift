/// Where a run stands.
package struct RunProgress: Sendable, Equatable {
    /// Optimizer steps done, of all that the schedule has.
    package let step, totalSteps: Int
    /// Epochs done, with their fraction.
    package let epoch: Double
    /// Mean loss an example since the last progress.
    package let loss: Double
    /// Of the last step.
    package let learningRate: Double
    /// Global norm before clipping, of the last step.
    package let gradientNorm: Double
    /// Trained on a second since the last progress.
    package let tokensPerSecond: Double
    /// Until the run ends, evaluations included.
    package let timeLeft: Duration
}
