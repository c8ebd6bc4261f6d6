import CMessages

/// A checkpoint whose files, and whose folder, the worker has put into the store.
package struct SavedCheckpoint: Equatable, Sendable {
    package var manifest: Manifest
    package var step: Int
    package var isBest: Bool

    package init(manifest: Manifest, step: Int, isBest: Bool) {
        self.manifest = manifest
        self.step = step
        self.isBest = isBest
    }

    package var checkpoint: Checkpoint { Checkpoint(digest: manifest.digest, step: step, isBest: isBest) }
}

extension SavedCheckpoint: WireMessage {
    init(_ wire: Bertd__SavedCheckpoint) throws(MessageError) {
        manifest = try Read.message(wire.manifest).required("checkpoint.manifest")
        step = try Read.number(wire.has_step, wire.step, "checkpoint.step").required("checkpoint.step")
        isBest = Read.bool(wire.has_is_best, wire.is_best) ?? false
    }

    func write(to wire: inout Bertd__SavedCheckpoint, _ arena: Arena) {
        wire.manifest = arena.message(manifest)
        arena.put(step, &wire.has_step, &wire.step)
        arena.put(isBest, &wire.has_is_best, &wire.is_best)
    }
}
