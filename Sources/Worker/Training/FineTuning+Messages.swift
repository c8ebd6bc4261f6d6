import FineTuning
import Foundation
import Messages

// What room FineTuning says, in the words of the wire.

extension Survey {
    init(_ survey: RunSurvey) {
        let data = survey.data
        let lengths = data.tokenPercentiles
        let percentiles = [(50, lengths.p50), (90, lengths.p90), (99, lengths.p99), (100, lengths.longest)]
        let sets = data.sets.enumerated().map { index, set in
            index > 0
                ? Messages.DataSurvey(set: set.name, rows: set.rows)
                : Messages.DataSurvey(
                    set: set.name, rows: set.rows, duplicates: data.duplicates,
                    labels: data.labels.map { .init(label: $0.name, rows: $0.rows) },
                    lengths: percentiles.map { .init(percent: $0, tokens: $1) }, cutRows: data.cutRows,
                    examples: survey.examples)
        }
        self.init(
            sets: sets, maxTokens: data.maximumTokens, totalSteps: survey.totalSteps,
            epochTime: .milliseconds(Int((survey.secondsPerEpoch * 1000).rounded())), peakBytes: survey.peakBytes,
            machineBytes: survey.machineBytes)
    }
}

extension TrainingProgress {
    init(_ progress: RunProgress) {
        self.init(
            step: progress.step, totalSteps: progress.totalSteps, epoch: progress.epoch, loss: progress.loss,
            learningRate: progress.learningRate, gradientNorm: progress.gradientNorm,
            tokensPerSecond: progress.tokensPerSecond, timeLeft: progress.timeLeft)
    }
}

extension Metric {
    init(_ value: MetricValue) { self.init(name: value.name, value: value.value) }
}

extension ServiceError {
    /// Why a run failed, with the file, the line and the field that are to blame.
    init(_ error: FineTuningError) {
        let place = error.place
        let file = place.file.map { URL(filePath: $0).lastPathComponent }
        switch error {
        case .invalidData(_, _, _, let expected, let found):
            self.init(
                .invalid, "expected \(expected), found \(found)", field: place.field, file: file, line: place.line)
        case .option(let name, let expected, let found):
            self.init(.invalid, "expected \(expected), found \(found)", field: name)
        case .missingData: self.init(.invalid, error.description, field: "data")
        case .model: self.init(.invalid, error.description, field: "model")
        case .notFinite(let quantity, let step, let rate, let checkpoint):
            // The path of the checkpoint means nothing elsewhere; its name tells the step.
            let last = checkpoint.map { "the last good one is \(URL(filePath: $0).lastPathComponent)" }
            self.init(
                .diverged,
                "the \(quantity) of step \(step) is not a finite number at learning rate \(rate): expected a lower one, or "
                    + "a longer warm-up; \(last ?? "there is no checkpoint yet")")
        case .checkpoint: self.init(.invalid, error.description, field: "start_from")
        case .unreadable: self.init(.damaged, error.description, file: file)
        case .unwritable(_, let reason):
            let isFull = [ENOSPC, EDQUOT].contains { reason.contains(String(cString: strerror($0))) }
            self.init(isFull ? .storageFull : .internal, "the run's files cannot be written: \(reason)")
        }
    }
}
