import CMessages
import CProtobufC

extension Request.Body {
    init(_ wire: Bertd__Request) throws(MessageError) {
        switch wire.body_case {
        case BERTD__REQUEST__BODY_FETCH: self = .fetch(try Read.message(wire.fetch).required("fetch"))
        case BERTD__REQUEST__BODY_REPLAY: self = .replay(try Read.message(wire.replay).required("replay"))
        case BERTD__REQUEST__BODY_SHOW:
            let show = try Read.pointee(wire.show, "show")
            self = .show(jobID: try Read.identifier(show.has_job_id, show.job_id, "job_id").required("job_id"))
        case BERTD__REQUEST__BODY_LIST: self = .list(try Read.message(wire.list).required("list"))
        case BERTD__REQUEST__BODY_STATUS: self = .status
        case BERTD__REQUEST__BODY_PUT: self = .put(try Read.message(wire.put).required("put"))
        case BERTD__REQUEST__BODY_GET:
            let get = try Read.pointee(wire.get, "get")
            self = .get(
                try Read.digest(get.has_digest, get.digest, "digest").required("digest"),
                offset: try Read.number(get.has_offset, get.offset, "offset") ?? 0)
        case BERTD__REQUEST__BODY_REGISTER:
            let register = try Read.pointee(wire.register_, "register")
            self = .register(
                name: try Read.modelName(register.has_name, register.name, "name").required("name"),
                try Read.message(register.manifest).required("manifest"),
                kind: try Self.kind(register.has_kind, register.kind))
        case BERTD__REQUEST__BODY_LIST_MODELS:
            let list = try Read.pointee(wire.list_models, "list_models")
            self = .listModels(
                name: try Read.modelName(list.has_name, list.name, "name"),
                kind: try Self.kind(list.has_kind, list.kind))
        case BERTD__REQUEST__BODY_REMOVE_MODEL:
            let remove = try Read.pointee(wire.remove_model, "remove_model")
            self = .removeModel(
                try Read.modelReference(remove.has_name, remove.name, "name").required("name"),
                kind: try Self.kind(remove.has_kind, remove.kind))
        case BERTD__REQUEST__BODY_RELEASE_CHECKPOINTS:
            let release = try Read.pointee(wire.release_checkpoints, "release_checkpoints")
            self = .releaseCheckpoints(
                of: try Read.identifier(release.has_job_id, release.job_id, "job_id").required("job_id"))
        default: throw .unsupported(field: "body", expected: "a request of this version", found: "another, or none")
        }
    }

    private static func kind(
        _ present: protobuf_c_boolean, _ value: ProtobufCBinaryData
    ) throws(MessageError) -> StoredKind {
        let kind = Read.word(present, value) ?? StoredKind.model
        guard kind != .unrecognised else {
            throw .field("kind", expected: "'model', 'data' or 'sweep'", found: "another word")
        }
        return kind
    }

    func write(to wire: inout Bertd__Request, _ arena: Arena) {
        switch self {
        case .fetch(let fetch):
            wire.body_case = BERTD__REQUEST__BODY_FETCH
            wire.fetch = arena.message(fetch)
        case .replay(let replay):
            wire.body_case = BERTD__REQUEST__BODY_REPLAY
            wire.replay = arena.message(replay)
        case .show(let jobID):
            wire.body_case = BERTD__REQUEST__BODY_SHOW
            wire.show = arena.make(Bertd__Show.self) { arena.put(jobID.string, &$0.has_job_id, &$0.job_id) }
        case .list(let list):
            wire.body_case = BERTD__REQUEST__BODY_LIST
            wire.list = arena.message(list)
        case .status:
            wire.body_case = BERTD__REQUEST__BODY_STATUS
            wire.status = arena.make(Bertd__Status.self)
        case .put(let put):
            wire.body_case = BERTD__REQUEST__BODY_PUT
            wire.put = arena.message(put)
        case .get(let digest, let offset):
            wire.body_case = BERTD__REQUEST__BODY_GET
            wire.get = arena.make(Bertd__Get.self) {
                arena.put(digest, &$0.has_digest, &$0.digest)
                arena.put(offset, &$0.has_offset, &$0.offset)
            }
        case .register(let name, let manifest, let kind):
            wire.body_case = BERTD__REQUEST__BODY_REGISTER
            wire.register_ = arena.make(Bertd__Register.self) {
                arena.put(name.string, &$0.has_name, &$0.name)
                $0.manifest = arena.message(manifest)
                arena.put(kind.rawValue, &$0.has_kind, &$0.kind)
            }
        case .listModels(let name, let kind):
            wire.body_case = BERTD__REQUEST__BODY_LIST_MODELS
            wire.list_models = arena.make(Bertd__ListModels.self) {
                arena.put(name?.string, &$0.has_name, &$0.name)
                arena.put(kind.rawValue, &$0.has_kind, &$0.kind)
            }
        case .removeModel(let model, let kind):
            wire.body_case = BERTD__REQUEST__BODY_REMOVE_MODEL
            wire.remove_model = arena.make(Bertd__RemoveModel.self) {
                arena.put(model.description, &$0.has_name, &$0.name)
                arena.put(kind.rawValue, &$0.has_kind, &$0.kind)
            }
        case .releaseCheckpoints(let jobID):
            wire.body_case = BERTD__REQUEST__BODY_RELEASE_CHECKPOINTS
            wire.release_checkpoints = arena.make(Bertd__ReleaseCheckpoints.self) {
                arena.put(jobID.string, &$0.has_job_id, &$0.job_id)
            }
        }
    }
}
