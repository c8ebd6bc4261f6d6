import CMessages

/// One version of a model, a data set or a sweep in the registry: proto `Model`.
public struct StoredModel: Equatable, Sendable {
    public var name: ModelName
    /// Counted from 1.
    public var version: Int
    /// Of the manifest.
    public var digest: Digest
    /// Of all files together.
    public var byteCount: Int
    public var registeredAt: UnixTime
    /// Nil in lists.
    public var manifest: Manifest?
    public var kind: StoredKind

    public init(
        name: ModelName, version: Int, digest: Digest, byteCount: Int, registeredAt: UnixTime,
        manifest: Manifest? = nil, kind: StoredKind = .model
    ) {
        self.name = name
        self.version = version
        self.digest = digest
        self.byteCount = byteCount
        self.registeredAt = registeredAt
        self.manifest = manifest
        self.kind = kind
    }

    public var reference: ModelReference { ModelReference(name: name, version: version) }
}

extension StoredModel: WireMessage {
    init(_ wire: Bertd__Model) throws(MessageError) {
        name = try Read.modelName(wire.has_name, wire.name, "model.name").required("model.name")
        version = try Read.number(wire.has_version, wire.version, "model.version") ?? 0
        guard version >= 1 else { throw .field("model.version", expected: "at least 1", found: "\(version)") }
        digest = try Read.digest(wire.has_digest, wire.digest, "model.digest").required("model.digest")
        byteCount = try Read.number(wire.has_size, wire.size, "model.size") ?? 0
        registeredAt = Read.time(wire.has_registered_us, wire.registered_us) ?? UnixTime(microseconds: 0)
        manifest = try Read.message(wire.manifest)
        kind = Read.word(wire.has_kind, wire.kind) ?? .model
    }

    func write(to wire: inout Bertd__Model, _ arena: Arena) {
        arena.put(name.string, &wire.has_name, &wire.name)
        arena.put(version, &wire.has_version, &wire.version)
        arena.put(digest, &wire.has_digest, &wire.digest)
        arena.put(byteCount, &wire.has_size, &wire.size)
        arena.put(registeredAt.microseconds, &wire.has_registered_us, &wire.registered_us)
        wire.manifest = arena.message(manifest)
        arena.put(kind.rawValue, &wire.has_kind, &wire.kind)
    }
}
