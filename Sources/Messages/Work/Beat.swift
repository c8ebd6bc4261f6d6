import CMessages

/// A sign of life of a worker, which renews the leases that it lists.
package struct Beat: Equatable, Sendable {
    package var nonce: UInt64
    package var fences: [Fence]
    /// The manifests' digests of the models in its memory.
    package var models: [Digest]

    package init(nonce: UInt64, fences: [Fence], models: [Digest]) {
        self.nonce = nonce
        self.fences = fences
        self.models = models
    }
}

extension Beat: WireMessage {
    init(_ wire: Bertd__Beat) throws(MessageError) {
        nonce = try Read.present(wire.has_nonce, wire.nonce).required("nonce")
        fences = Read.fences(wire.n_fences, wire.fences)
        models = try Read.digests(wire.n_models, wire.models, "models")
    }

    func write(to wire: inout Bertd__Beat, _ arena: Arena) {
        arena.put(nonce, &wire.has_nonce, &wire.nonce)
        (wire.n_fences, wire.fences) = arena.list(fences)
        (wire.n_models, wire.models) = arena.list(models)
    }
}
