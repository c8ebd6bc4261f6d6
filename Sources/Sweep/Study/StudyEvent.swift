/// What a study learns, in the order of the log.
package enum StudyEvent: Sendable {
    /// A stretch is somebody's to do. The first of a trial fixes its point, whoever suggested it.
    case began(Stretch, Point, attempt: Int)
    /// The metric after so many epochs.
    case scored(Stretch, epochs: Double, Double)
    /// It came to its end: at its goal, or before it because the run had enough and has nothing more to do.
    case reached(Stretch, epochs: Double, hadEnough: Bool)
    /// It gave no number, and never will.
    case infeasible(Stretch)
    /// It failed for a reason that may not come again.
    case failed(Stretch)
    /// Nobody wants it any more, or what it would go on from is gone.
    case cancelled(Stretch)
}

extension StudyEvent {
    var stretch: Stretch {
        switch self {
        case .began(let stretch, _, _), .scored(let stretch, _, _), .reached(let stretch, _, _),
            .infeasible(let stretch), .failed(let stretch), .cancelled(let stretch):
            stretch
        }
    }

    var begins: Bool {
        if case .began = self { true } else { false }
    }
}

/// What is to be done for a study.
package enum StudyAction: Sendable, Hashable {
    /// Train on to the goal, from where the stretch before it ended.
    case run(Stretch, Point, attempt: Int, goal: Double)
    /// The checkpoints of this stretch will not be needed again.
    case release(Stretch)
}

/// How much is still to be begun.
package enum Intake: Sendable {
    case everything
    /// What was begun goes on to its end; no new trials, and none that waits goes on.
    case begunTrials
    case nothing
}
