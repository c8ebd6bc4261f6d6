/// Finds the next point of a study.
///
/// It has no state: a suggestion depends on the seed, its index and the observations in the order of the log, and with
/// `random` and `grid` on the seed and the index alone. The same bits come out on machines whose C library computes
/// logarithms alike.
package struct Sampler: Sendable {
    /// Points that TPE and the Gaussian process draw at random before they trust their observations, as Optuna's do.
    package static let randomStarts = 10
    /// The Gaussian process leaves every tenth suggestion to chance, so that a model that took noise or a local optimum for
    /// the whole cannot keep the search there (Hutter et al. 2011, section 4).
    private static let chances = 10

    private let name: SamplerName
    private let direction: Direction
    private let seed: UInt64
    private let axes: [Axis]

    /// - Parameter space: for a grid, one with a `gridCount`
    package init(_ name: SamplerName, space: SearchSpace, direction: Direction, seed: UInt64) {
        self.name = name
        self.direction = direction
        self.seed = seed
        axes = space.axes
        if name == .grid { precondition(SearchSpace.gridCount(axes) != nil, "a grid over \(space.parameters)") }
    }

    /// How many suggestions there are: the points of a grid; nil for samplers that never run out.
    package var limit: Int? { name == .grid ? SearchSpace.gridCount(axes) : nil }

    /// - Parameters:
    ///   - index: which suggestion, from 0, and below `limit`
    ///   - observations: of all trials so far, in the order of the log
    package func suggest(_ index: Int, _ observations: [Observation]) -> Point {
        switch name {
        case .random: return SearchSpace.draw(index, seed: seed, axes: axes)
        case .grid: return SearchSpace.gridPoint(index, axes: axes)
        case .tpe, .gaussianProcess: break
        }
        let history = History(observations, direction: direction)
        guard history.count >= Self.randomStarts, !history.scored.isEmpty, !axes.allSatisfy(\.isFixed) else {
            return SearchSpace.draw(index, seed: seed, axes: axes)
        }
        var draws = Draws(seed: seed, index: index, stream: 1)
        if name == .tpe { return TreeParzen(axes: axes, history: history).suggest(&draws) }
        guard index % Self.chances != Self.chances - 1 else { return SearchSpace.draw(index, seed: seed, axes: axes) }
        return GaussianProcessSearch(axes: axes, history: history).suggest(&draws)
    }
}
