/// What makes a study: two with the same definition and the same observations do the same.
package struct StudyDefinition: Sendable, Equatable, Codable {
    package var space: SearchSpace
    package var direction: Direction
    package var sampler: SamplerName
    package var pruner: PrunerName
    /// The resources in epochs, ascending, at which trials are compared; a trial that is done before has none further on.
    package var rungs: [Double]
    /// One trial in so many goes on from a rung.
    package var reduction: Int
    package var seed: UInt64
    /// In all.
    package var trials: Int
    /// Runs a trial, each with a seed of its own; the score is their mean.
    package var seedsPerTrial: Int
    /// How often a stretch that failed is tried again.
    package var retries: Int
    /// Nil: as many as there are workers.
    package var maxParallel: Int?

    package init(
        space: SearchSpace, direction: Direction, sampler: SamplerName = .random, pruner: PrunerName = .none,
        rungs: [Double] = [], reduction: Int = 3, seed: UInt64 = 0, trials: Int, seedsPerTrial: Int = 1,
        retries: Int = 2, maxParallel: Int? = nil
    ) {
        self.space = space
        self.direction = direction
        self.sampler = sampler
        self.pruner = pruner
        self.rungs = rungs
        self.reduction = reduction
        self.seed = seed
        self.trials = trials
        self.seedsPerTrial = seedsPerTrial
        self.retries = retries
        self.maxParallel = maxParallel
    }
}
