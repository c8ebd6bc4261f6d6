/// How long what has ended is kept.
package struct Retention: Sendable, Equatable {
    /// Of a result, or a run's checkpoints, since the job ended.
    package var resultAge = Duration.seconds(24 * 3600)
    /// Of all results together, and of all checkpoints; beyond it those of the job that ended first go.
    package var resultBytes = 10 << 30
    /// Of an event.
    package var eventAge = Duration.seconds(7 * 24 * 3600)
    /// Of the id and digest of a job, since it ended.
    package var idAge = Duration.seconds(30 * 24 * 3600)
    /// Of all ids together; beyond it the job that ended first goes.
    package var idCount = 10_000_000

    package init() {}
}
