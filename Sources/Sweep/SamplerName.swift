/// How the next point is found.
package enum SamplerName: String, Sendable, CaseIterable, Codable {
    case random, grid
    /// Tree-structured Parzen estimator (Bergstra et al. 2011).
    case tpe
    /// Gaussian process with a Matérn kernel and expected improvement: W&B's `bayes`.
    case gaussianProcess = "bayes"
}

/// Which trials are stopped early.
package enum PrunerName: String, Sendable, CaseIterable, Codable {
    case none
    /// Asynchronous successive halving (Li et al. 2020): a trial waits at its rung and goes on once it is among the best.
    case asha
    /// W&B's `early_terminate: hyperband`: a trial goes on at once or never.
    case hyperband
    /// Median stopping rule (Golovin et al. 2017).
    case median
}
