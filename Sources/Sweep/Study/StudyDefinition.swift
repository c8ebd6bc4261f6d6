/// What makes a study: two with the same definition and the same observations do the same.
package struct StudyDefinition: Sendable, Equatable, Codable {
    package var space: SearchSpace
    package var direction: Direction
    package var sampler: SamplerName
    package var pruner: PrunerName
    /// The resources in epochs, ascending, at which trials are compared; a trial that is done before has none further on.
    package var rungs: [Double]
    /// The length of a trial whose point does not say.
    package var epochs: Double
    /// The parameter that says it.
    package var epochsParameter: String
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
    /// Finished trials whose checkpoints stay: the best.
    package var keep: Int

    package init(
        space: SearchSpace, direction: Direction, sampler: SamplerName = .random, pruner: PrunerName = .none,
        rungs: [Double] = [], epochs: Double = 1, epochsParameter: String = "epochs", reduction: Int = 3,
        seed: UInt64 = 0, trials: Int, seedsPerTrial: Int = 1, retries: Int = 2, maxParallel: Int? = nil, keep: Int = 1
    ) {
        self.space = space
        self.direction = direction
        self.sampler = sampler
        self.pruner = pruner
        self.rungs = rungs
        self.epochs = epochs
        self.epochsParameter = epochsParameter
        self.reduction = reduction
        self.seed = seed
        self.trials = trials
        self.seedsPerTrial = seedsPerTrial
        self.retries = retries
        self.maxParallel = maxParallel
        self.keep = keep
    }

    /// In epochs: where the stretches of a trial of this point end, its whole length at last.
    package func goals(of point: Point) -> [Double] {
        let index = space.parameters.firstIndex { $0.name == epochsParameter }
        let length = index.flatMap { point.values[$0].number } ?? epochs
        return (pruner == .none ? [] : rungs.filter { $0 < length }) + [length]
    }
}
