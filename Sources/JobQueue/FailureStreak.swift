import Messages

/// Runs that one worker has failed by no fault of theirs, one after another and none that succeeded between.
///
/// One job alone may have a fault that looks like the worker's; when several fail, it is the worker. It then gets no more
/// until it is started anew, so that a full disk or a broken machine cannot burn a queue in a night. A streak is not
/// durable: after a restart of the broker a sick worker has to show itself again.
package struct FailureStreak: Sendable {
    /// Of the worker's process: the next one starts afresh.
    let nonce: UInt64
    /// Whose runs they were, once for each.
    private(set) var jobs: [Identifier] = []

    init(nonce: UInt64) {
        self.nonce = nonce
    }

    mutating func add(_ job: Identifier) { jobs.append(job) }

    /// Whether it is the worker that is sick.
    func bars(_ configuration: JobQueue.Configuration) -> Bool {
        jobs.count >= configuration.failureStreakLimit && Set(jobs).count > 1
    }
}

extension ErrorCode {
    /// Whether a run that ends with it was failed by its worker or its machine, and may succeed elsewhere.
    var isOfWorker: Bool { self == .storageFull || self == .internal }
}
