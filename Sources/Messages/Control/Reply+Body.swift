import CMessages

extension Reply.Body {
    init(_ wire: Bertd__Reply) throws(MessageError) {
        switch wire.body_case {
        case BERTD__REPLY__BODY_ERROR: self = .error(try Read.message(wire.error).required("error"))
        case BERTD__REPLY__BODY_PAGE: self = .page(try Read.message(wire.page).required("page"))
        case BERTD__REPLY__BODY_EVENTS: self = .events(try Read.message(wire.events).required("events"))
        case BERTD__REPLY__BODY_JOB: self = .job(try Read.message(wire.job).required("job"))
        case BERTD__REPLY__BODY_JOBS:
            let jobs = try Read.pointee(wire.jobs, "jobs")
            self = .jobs(try Read.messages(jobs.n_jobs, jobs.jobs))
        case BERTD__REPLY__BODY_SERVICE: self = .service(try Read.message(wire.service).required("service"))
        case BERTD__REPLY__BODY_STORED:
            let stored = try Read.pointee(wire.stored, "stored")
            self = .stored(have: try Read.number(stored.has_have, stored.have, "stored.have") ?? 0)
        case BERTD__REPLY__BODY_PIECE:
            let piece = try Read.pointee(wire.piece, "piece")
            self = .piece(
                Read.bytes(piece.bytes), ofSize: try Read.number(piece.has_size, piece.size, "piece.size") ?? 0)
        case BERTD__REPLY__BODY_MODEL: self = .model(try Read.message(wire.model).required("model"))
        case BERTD__REPLY__BODY_MODELS:
            let models = try Read.pointee(wire.models, "models")
            self = .models(try Read.messages(models.n_models, models.models))
        case BERTD__REPLY__BODY_RELEASED:
            let released = try Read.pointee(wire.released, "released")
            self = .released(byteCount: try Read.number(released.has_bytes, released.bytes, "released.bytes") ?? 0)
        default: self = .unrecognised
        }
    }

    func write(to wire: inout Bertd__Reply, _ arena: Arena) {
        switch self {
        case .error(let error):
            wire.body_case = BERTD__REPLY__BODY_ERROR
            wire.error = arena.message(error)
        case .page(let page):
            wire.body_case = BERTD__REPLY__BODY_PAGE
            wire.page = arena.message(page)
        case .events(let events):
            wire.body_case = BERTD__REPLY__BODY_EVENTS
            wire.events = arena.message(events)
        case .job(let job):
            wire.body_case = BERTD__REPLY__BODY_JOB
            wire.job = arena.message(job)
        case .jobs(let jobs):
            wire.body_case = BERTD__REPLY__BODY_JOBS
            wire.jobs = arena.make(Bertd__Jobs.self) { ($0.n_jobs, $0.jobs) = arena.list(jobs) }
        case .service(let service):
            wire.body_case = BERTD__REPLY__BODY_SERVICE
            wire.service = arena.message(service)
        case .stored(let have):
            wire.body_case = BERTD__REPLY__BODY_STORED
            wire.stored = arena.make(Bertd__Stored.self) { arena.put(have, &$0.has_have, &$0.have) }
        case .piece(let bytes, let size):
            wire.body_case = BERTD__REPLY__BODY_PIECE
            wire.piece = arena.make(Bertd__Piece.self) {
                arena.put(size, &$0.has_size, &$0.size)
                arena.put(bytes, &$0.has_bytes, &$0.bytes)
            }
        case .model(let model):
            wire.body_case = BERTD__REPLY__BODY_MODEL
            wire.model = arena.message(model)
        case .models(let models):
            wire.body_case = BERTD__REPLY__BODY_MODELS
            wire.models = arena.make(Bertd__Models.self) { ($0.n_models, $0.models) = arena.list(models) }
        case .released(let byteCount):
            wire.body_case = BERTD__REPLY__BODY_RELEASED
            wire.released = arena.make(Bertd__Released.self) { arena.put(byteCount, &$0.has_bytes, &$0.bytes) }
        case .unrecognised: break
        }
    }
}
