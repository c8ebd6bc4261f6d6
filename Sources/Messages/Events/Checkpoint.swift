import CMessages

/// A point from which a run can go on, whatever happens to its worker.
public struct Checkpoint: Hashable, Sendable {
    /// Of the manifest of its folder.
    public var digest: Digest
    public var step: Int
    /// By the task's metric, so far.
    public var isBest: Bool

    public init(digest: Digest, step: Int, isBest: Bool) {
        self.digest = digest
        self.step = step
        self.isBest = isBest
    }
}

extension Checkpoint: WireMessage {
    init(_ wire: Bertd__Checkpoint) throws(MessageError) {
        digest = try Read.digest(wire.has_digest, wire.digest, "checkpoint.digest").required("checkpoint.digest")
        step = try Read.number(wire.has_step, wire.step, "checkpoint.step") ?? 0
        isBest = Read.bool(wire.has_is_best, wire.is_best) ?? false
    }

    func write(to wire: inout Bertd__Checkpoint, _ arena: Arena) {
        arena.put(digest, &wire.has_digest, &wire.digest)
        arena.put(step, &wire.has_step, &wire.step)
        arena.put(isBest, &wire.has_is_best, &wire.is_best)
    }
}
