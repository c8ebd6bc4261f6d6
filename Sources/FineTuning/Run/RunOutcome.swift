/// How a run ended, where it did not fail.
package enum RunOutcome: Sendable, Equatable {
    /// `folder` is a whole Hugging Face folder of the best model, `metrics` its values on each set as `SET_NAME`.
    case finished(folder: String, metrics: [MetricValue])
    /// On order, or at the step where it was to stop; `checkpoint` continues it, and `metrics` are the values of the last
    /// evaluation as `SET_NAME`, with `best_metric` and `best_global_step`.
    case stopped(checkpoint: String, step: Int, metrics: [MetricValue])
    /// After the survey of a dry run.
    case surveyed
}
