import CMessages

/// What a run has to tell while its lease lasts: proto `Report`.
///
/// Progress is told once, to whoever listens. Everything else is kept: the worker numbers it from 1 within the lease, in
/// the order in which it happened, and sends it again after a welcome until `Recorded` covers its number.
package struct RunReport: Equatable, Sendable {
    package enum Body: Equatable, Sendable {
        case progress(TrainingProgress)
        case survey(number: Int, Survey)
        case metrics(number: Int, Metrics)
        case checkpoint(number: Int, SavedCheckpoint)
        case note(number: Int, String)
    }

    package var fence: Fence
    package var body: Body

    package init(fence: Fence, body: Body) {
        self.fence = fence
        self.body = body
    }

    /// Nil for what is not kept.
    package var number: Int? {
        switch body {
        case .progress: nil
        case .survey(let number, _), .metrics(let number, _), .checkpoint(let number, _), .note(let number, _): number
        }
    }
}

extension RunReport: WireMessage {
    init(_ wire: Bertd__Report) throws(MessageError) {
        fence = Fence(rawValue: try Read.present(wire.has_fence, wire.fence).required("fence"))
        if wire.body_case == BERTD__REPORT__BODY_PROGRESS {
            body = .progress(try Read.message(wire.progress).required("progress"))
            return
        }
        let number = try Read.count(wire.has_number, wire.number, "number").required("number")
        switch wire.body_case {
        case BERTD__REPORT__BODY_SURVEY:
            body = .survey(number: number, try Read.message(wire.survey).required("survey"))
        case BERTD__REPORT__BODY_METRICS:
            body = .metrics(number: number, try Read.message(wire.metrics).required("metrics"))
        case BERTD__REPORT__BODY_CHECKPOINT:
            body = .checkpoint(number: number, try Read.message(wire.checkpoint).required("checkpoint"))
        case BERTD__REPORT__BODY_NOTE:
            let note = try Read.pointee(wire.note, "note")
            body = .note(number: number, try Read.string(note.has_sentence, note.sentence, "note.sentence") ?? "")
        default: throw .unsupported(field: "body", expected: "a report of this version", found: "another, or none")
        }
    }

    func write(to wire: inout Bertd__Report, _ arena: Arena) {
        arena.put(fence.rawValue, &wire.has_fence, &wire.fence)
        arena.put(number, &wire.has_number, &wire.number)
        switch body {
        case .progress(let progress):
            wire.body_case = BERTD__REPORT__BODY_PROGRESS
            wire.progress = arena.message(progress)
        case .survey(_, let survey):
            wire.body_case = BERTD__REPORT__BODY_SURVEY
            wire.survey = arena.message(survey)
        case .metrics(_, let metrics):
            wire.body_case = BERTD__REPORT__BODY_METRICS
            wire.metrics = arena.message(metrics)
        case .checkpoint(_, let checkpoint):
            wire.body_case = BERTD__REPORT__BODY_CHECKPOINT
            wire.checkpoint = arena.message(checkpoint)
        case .note(_, let sentence):
            wire.body_case = BERTD__REPORT__BODY_NOTE
            wire.note = arena.make(Bertd__Note.self) { arena.put(sentence, &$0.has_sentence, &$0.sentence) }
        }
    }
}
