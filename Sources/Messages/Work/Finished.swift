import CMessages

/// The rows of a lease. Their tensors are the frames after it, one a chunk.
package struct Finished: Equatable, Sendable {
    package var fence: Fence
    /// In row order, together all rows of the lease.
    package var chunks: [ResultRows]
    package var usage: Usage
    /// The model's own limit.
    package var maxTokens: Int

    package init(fence: Fence, chunks: [ResultRows], usage: Usage, maxTokens: Int) {
        self.fence = fence
        self.chunks = chunks
        self.usage = usage
        self.maxTokens = maxTokens
    }
}

extension Finished: WireMessage {
    init(_ wire: Bertd__Finished) throws(MessageError) {
        fence = Fence(rawValue: try Read.present(wire.has_fence, wire.fence).required("fence"))
        chunks = try Read.messages(wire.n_chunks, wire.chunks)
        usage = try Read.message(wire.usage).required("usage")
        maxTokens = try Read.number(wire.has_max_tokens, wire.max_tokens, "max_tokens").required("max_tokens")
    }

    func write(to wire: inout Bertd__Finished, _ arena: Arena) {
        arena.put(fence.rawValue, &wire.has_fence, &wire.fence)
        (wire.n_chunks, wire.chunks) = arena.list(chunks)
        wire.usage = arena.message(usage)
        arena.put(maxTokens, &wire.has_max_tokens, &wire.max_tokens)
    }
}
