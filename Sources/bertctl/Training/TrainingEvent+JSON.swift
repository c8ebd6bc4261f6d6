import Messages

extension Event {
    /// One line for programs: what happened, and all that the event says of it.
    var json: JSON? {
        guard let (word, members) = body.members else { return nil }
        return .object(
            [
                ("seq", .optional(seq) { .int($0) }), ("time", .string(Print.time(time))),
                ("job_id", .optional(address) { .string($0.jobID.string) }), ("event", .string(word)),
            ] + members)
    }
}

extension Event.Body {
    fileprivate var members: (word: String, [(String, JSON)])? {
        switch self {
        case .accepted(let accepted): ("accepted", [("model", .optional(accepted.model) { .string($0.description) })])
        case .started(let worker): ("started", [("worker_id", .string(worker.string))])
        case .survey(let survey): ("survey", survey.members)
        case .progress(let progress): ("progress", progress.members)
        case .metrics(let metrics):
            (
                "metrics",
                [
                    ("step", .int(metrics.step)), ("epoch", .optional(metrics.epoch) { .double($0) }),
                    ("set", .string(metrics.set)), ("metrics", metrics.metrics.json),
                ]
            )
        case .checkpoint(let checkpoint):
            (
                "checkpoint",
                [
                    ("step", .int(checkpoint.step)), ("digest", .string(checkpoint.digest.hex)),
                    ("is_best", .bool(checkpoint.isBest)),
                ]
            )
        case .note(let sentence): ("note", [("sentence", .string(sentence))])
        case .succeeded(let end):
            (
                "succeeded",
                [
                    ("model", .optional(end.model) { .string($0.description) }), ("metrics", end.metrics.json),
                    ("checkpoint", .optional(end.checkpoint) { .string($0.hex) }),
                    ("total_ms", .int((end.totalTime / .milliseconds(1)).wholeNumber)),
                ]
            )
        case .failed(let error): ("failed", [("error", error.json)])
        case .dead(let error, let lost): ("dead", [("error", error.json), ("lost_workers", .int(lost))])
        case .cancelled(let reason): ("cancelled", [("reason", .optional(reason) { .string($0) })])
        case .rejected, .result, .welcome, .heartbeat, .worker, .unrecognised: nil
        }
    }
}

extension [Metric] {
    var json: JSON { .object(map { ($0.name, .optional($0.value) { .double($0) }) }) }
}

extension TrainingProgress {
    fileprivate var members: [(String, JSON)] {
        [
            ("step", .int(step)), ("total_steps", .int(totalSteps)), ("epoch", .optional(epoch) { .double($0) }),
            ("loss", .optional(loss) { .double($0) }), ("learning_rate", .optional(learningRate) { .double($0) }),
            ("gradient_norm", .optional(gradientNorm) { .double($0) }),
            ("tokens_per_second", .optional(tokensPerSecond) { .double($0) }), ("eta_ms", .milliseconds(timeLeft)),
        ]
    }
}

extension Survey {
    fileprivate var members: [(String, JSON)] {
        [
            ("sets", .array(sets.map(\.json))), ("max_tokens", .int(maxTokens)),
            (
                "choices",
                .array(
                    choices.map {
                        .object([
                            ("max_tokens", .int($0.maxTokens)), ("cut_rows", .int($0.cutRows)),
                            ("epoch_ms", .milliseconds($0.epochTime)),
                        ])
                    })
            ),
            ("total_steps", .int(totalSteps)), ("epoch_ms", .milliseconds(epochTime)), ("peak_bytes", .int(peakBytes)),
            ("machine_bytes", .int(machineBytes)),
        ]
    }
}

extension DataSurvey {
    fileprivate var json: JSON {
        .object([
            ("set", .string(set)), ("rows", .int(rows)), ("duplicates", .int(duplicates)),
            ("labels", .object(labels.map { ($0.label, .int($0.rows)) })),
            ("lengths", .object(lengths.map { ("\($0.percent)", .int($0.tokens)) })), ("cut_rows", .int(cutRows)),
        ])
    }
}

extension JSON {
    fileprivate static func milliseconds(_ duration: Duration?) -> JSON {
        .optional(duration) { .int(($0 / .milliseconds(1)).wholeNumber) }
    }
}

extension Double {
    fileprivate var wholeNumber: Int { Int(exactly: rounded()) ?? 0 }
}
