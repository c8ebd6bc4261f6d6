import CMessages

extension Event {
    /// What happened.
    public enum Body: Equatable, Sendable {
        /// The job is on disk: it will end in exactly one terminal event, whatever crashes.
        case accepted(Accepted)
        /// The job does not exist. Never committed.
        case rejected(ServiceError)
        case started(workerID: Identifier)
        /// Rows of the result; the tensor, if it travels along, is the frame after the event.
        case result(ResultRows)
        case succeeded(Succeeded)
        case failed(ServiceError)
        /// Workers died of it, as often as the server tolerates.
        case dead(ServiceError, lostWorkers: Int)
        case cancelled(reason: String?)
        /// Where a run stands. Never committed.
        case progress(TrainingProgress)
        case survey(Survey)
        case metrics(Metrics)
        /// It is in the store.
        case checkpoint(Checkpoint)
        /// Something that a run has to say.
        case note(String)
        /// A subscription is live.
        case welcome(Welcome)
        case heartbeat(Heartbeat)
        case worker(WorkerEvent)
        /// An event of a newer server.
        case unrecognised

        /// The state of the job after this event; nil for events that leave it as it was.
        public var jobState: JobState? {
            switch self {
            case .accepted: .queued
            case .started: .running
            case .rejected: .rejected
            case .succeeded: .succeeded
            case .failed: .failed
            case .dead: .dead
            case .cancelled: .cancelled
            case .result, .progress, .survey, .metrics, .checkpoint, .note, .welcome, .heartbeat, .worker,
                .unrecognised:
                nil
            }
        }

        /// Whether no further event of the job can follow.
        public var isTerminal: Bool { jobState?.isTerminal ?? false }
    }
}

extension Event.Body {
    init(_ wire: Bertd__Event) throws(MessageError) {
        switch wire.body_case {
        case BERTD__EVENT__BODY_ACCEPTED: self = .accepted(try Read.message(wire.accepted).required("accepted"))
        case BERTD__EVENT__BODY_REJECTED:
            self = .rejected(try Read.message(Read.pointee(wire.rejected, "rejected").error).required("rejected.error"))
        case BERTD__EVENT__BODY_STARTED:
            let started = try Read.pointee(wire.started, "started")
            self = .started(
                workerID: try Read.identifier(started.has_worker_id, started.worker_id, "started.worker_id")
                    .required("started.worker_id"))
        case BERTD__EVENT__BODY_RESULT: self = .result(try Read.message(wire.result).required("result"))
        case BERTD__EVENT__BODY_SUCCEEDED: self = .succeeded(try Read.message(wire.succeeded).required("succeeded"))
        case BERTD__EVENT__BODY_FAILED:
            self = .failed(try Read.message(Read.pointee(wire.failed, "failed").error).required("failed.error"))
        case BERTD__EVENT__BODY_DEAD:
            let dead = try Read.pointee(wire.dead, "dead")
            self = .dead(
                try Read.message(dead.error).required("dead.error"),
                lostWorkers: try Read.number(dead.has_lost_workers, dead.lost_workers, "dead.lost_workers") ?? 0)
        case BERTD__EVENT__BODY_CANCELLED:
            let cancelled = try Read.pointee(wire.cancelled, "cancelled")
            self = .cancelled(reason: try Read.string(cancelled.has_reason, cancelled.reason, "cancelled.reason"))
        case BERTD__EVENT__BODY_PROGRESS: self = .progress(try Read.message(wire.progress).required("progress"))
        case BERTD__EVENT__BODY_SURVEY: self = .survey(try Read.message(wire.survey).required("survey"))
        case BERTD__EVENT__BODY_METRICS: self = .metrics(try Read.message(wire.metrics).required("metrics"))
        case BERTD__EVENT__BODY_CHECKPOINT:
            self = .checkpoint(try Read.message(wire.checkpoint).required("checkpoint"))
        case BERTD__EVENT__BODY_NOTE:
            let note = try Read.pointee(wire.note, "note")
            self = .note(try Read.string(note.has_sentence, note.sentence, "note.sentence") ?? "")
        case BERTD__EVENT__BODY_WELCOME: self = .welcome(try Read.message(wire.welcome).required("welcome"))
        case BERTD__EVENT__BODY_HEARTBEAT: self = .heartbeat(try Read.message(wire.heartbeat).required("heartbeat"))
        case BERTD__EVENT__BODY_WORKER: self = .worker(try Read.message(wire.worker).required("worker"))
        default: self = .unrecognised
        }
    }

    func write(to wire: inout Bertd__Event, _ arena: Arena) {
        switch self {
        case .accepted(let accepted):
            wire.body_case = BERTD__EVENT__BODY_ACCEPTED
            wire.accepted = arena.message(accepted)
        case .rejected(let error):
            wire.body_case = BERTD__EVENT__BODY_REJECTED
            wire.rejected = arena.make(Bertd__Rejected.self) { $0.error = arena.message(error) }
        case .started(let workerID):
            wire.body_case = BERTD__EVENT__BODY_STARTED
            wire.started = arena.make(Bertd__Started.self) {
                arena.put(workerID.string, &$0.has_worker_id, &$0.worker_id)
            }
        case .result(let rows):
            wire.body_case = BERTD__EVENT__BODY_RESULT
            wire.result = arena.message(rows)
        case .succeeded(let succeeded):
            wire.body_case = BERTD__EVENT__BODY_SUCCEEDED
            wire.succeeded = arena.message(succeeded)
        case .failed(let error):
            wire.body_case = BERTD__EVENT__BODY_FAILED
            wire.failed = arena.make(Bertd__Failed.self) { $0.error = arena.message(error) }
        case .dead(let error, let lostWorkers):
            wire.body_case = BERTD__EVENT__BODY_DEAD
            wire.dead = arena.make(Bertd__Dead.self) {
                $0.error = arena.message(error)
                arena.put(lostWorkers, &$0.has_lost_workers, &$0.lost_workers)
            }
        case .cancelled(let reason):
            wire.body_case = BERTD__EVENT__BODY_CANCELLED
            wire.cancelled = arena.make(Bertd__Cancelled.self) { arena.put(reason, &$0.has_reason, &$0.reason) }
        case .progress(let progress):
            wire.body_case = BERTD__EVENT__BODY_PROGRESS
            wire.progress = arena.message(progress)
        case .survey(let survey):
            wire.body_case = BERTD__EVENT__BODY_SURVEY
            wire.survey = arena.message(survey)
        case .metrics(let metrics):
            wire.body_case = BERTD__EVENT__BODY_METRICS
            wire.metrics = arena.message(metrics)
        case .checkpoint(let checkpoint):
            wire.body_case = BERTD__EVENT__BODY_CHECKPOINT
            wire.checkpoint = arena.message(checkpoint)
        case .note(let sentence):
            wire.body_case = BERTD__EVENT__BODY_NOTE
            wire.note = arena.make(Bertd__Note.self) { arena.put(sentence, &$0.has_sentence, &$0.sentence) }
        case .welcome(let welcome):
            wire.body_case = BERTD__EVENT__BODY_WELCOME
            wire.welcome = arena.message(welcome)
        case .heartbeat(let heartbeat):
            wire.body_case = BERTD__EVENT__BODY_HEARTBEAT
            wire.heartbeat = arena.message(heartbeat)
        case .worker(let worker):
            wire.body_case = BERTD__EVENT__BODY_WORKER
            wire.worker = arena.message(worker)
        case .unrecognised: break
        }
    }
}
