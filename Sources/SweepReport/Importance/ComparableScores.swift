import Sweep

/// The scores that can be set beside one another, because they were measured equally far on.
///
/// Where pruning left few trials that finished, their final scores would tell little of the space, and the scores at
/// which the others were stopped would tell how far those came. What is compared then is the last epoch that four in
/// five reached.
struct ComparableScores {
    let scores: [(trial: ReportTrial, score: Double)]
    /// Nil for the final scores.
    let epoch: Double?

    private static let leastShare = 0.8

    init(_ trials: [ReportTrial]) {
        let finals = trials.filter { $0.state == .finished }.compactMap { trial in
            trial.drawnScore.map { (trial: trial, score: $0) }
        }
        let curves = trials.map { ($0, $0.drawnCurve) }.filter { !$0.1.isEmpty }
        let known = Double(max(curves.count, finals.count))
        guard Double(finals.count) < Self.leastShare * known,
            let epoch = Self.lastEpoch(of: curves.map(\.1), count: Self.leastShare * Double(curves.count))
        else {
            (scores, self.epoch) = (finals, nil)
            return
        }
        self.epoch = epoch
        scores = curves.compactMap { trial, curve in
            guard let last = curve.last, last.epoch >= epoch else { return nil }
            return curve.last { $0.epoch <= epoch }.map { (trial, $0.value) }
        }
    }

    /// The largest epoch that at least so many curves reach.
    private static func lastEpoch(of curves: [[ReportTrial.Measurement]], count: Double) -> Double? {
        let ends = curves.compactMap(\.last?.epoch)
        let epochs = Set(curves.flatMap { $0.map(\.epoch) }).sorted()
        return epochs.last { epoch in Double(ends.count { $0 >= epoch }) >= count }
    }

    /// Of what the importances are shares.
    var words: String {
        guard let epoch else { return "the final scores of \(scores.count) trials" }
        return "the scores of the \(scores.count) trials that reached epoch \(Numeral.short(epoch)), at that epoch"
    }
}
