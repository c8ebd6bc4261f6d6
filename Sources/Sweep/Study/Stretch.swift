/// One job's worth of a trial: the run with one of its seeds, from one rung to the next.
package struct Stretch: Sendable, Hashable {
    package let trial: Int
    /// Which of the trial's seeds.
    package let replica: Int
    /// Which of the trial's goals it ends at.
    package let rung: Int

    package init(trial: Int, replica: Int = 0, rung: Int) {
        self.trial = trial
        self.replica = replica
        self.rung = rung
    }

    /// The one that it goes on from.
    package var previous: Stretch? {
        rung > 0 ? Stretch(trial: trial, replica: replica, rung: rung - 1) : nil
    }
}
