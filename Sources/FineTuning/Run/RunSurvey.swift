/// What is known before training: the data, and what a run costs on this machine.
package struct RunSurvey: Sendable, Equatable {
    package let data: DataSurvey
    /// That the training set is cut into: of long contexts more than rows.
    package let examples: Int
    /// Trainable numbers in the model.
    package let parameterCount: Int
    package let stepsPerEpoch, totalSteps: Int
    /// Measured over a few real steps whose effect was undone.
    package let secondsPerStep: Double
    /// Training alone, without evaluation.
    package let secondsPerEpoch: Double
    /// The most that the process is expected to hold, and what the machine has.
    package let peakBytes, machineBytes: Int
}
