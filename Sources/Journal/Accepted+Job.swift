import JobQueue
import Messages

extension Accepted {
    /// What is told when a job is accepted. What a training was asked for stands in its frame alone, which goes with its
    /// end: from here on the event says it.
    init(of record: JobRecord, frame: [UInt8]) {
        self.init(rows: record.rows, model: record.model.reference)
        guard record.kind == .fineTune, case .command(let command) = Command.decode(frame),
            case .work(.fineTune(let fineTune)) = command.body
        else { return }
        settings = fineTune.settings
        startFrom = fineTune.startFrom
        stopAtStep = fineTune.stopAtStep
        totalSteps = fineTune.totalSteps
    }
}
