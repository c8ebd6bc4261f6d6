import CMessages

/// The rows of a lease, or the end of its run. Their tensors are the frames after it, one a chunk.
package struct Finished: Equatable, Sendable {
    package var fence: Fence
    /// In row order, together all rows of the lease; none of a run.
    package var chunks: [ResultRows]
    package var usage: Usage
    /// The model's own limit.
    package var maxTokens: Int
    package var run: RunResult?

    package init(fence: Fence, chunks: [ResultRows], usage: Usage, maxTokens: Int, run: RunResult? = nil) {
        self.fence = fence
        self.chunks = chunks
        self.usage = usage
        self.maxTokens = maxTokens
        self.run = run
    }
}

extension Finished: WireMessage {
    init(_ wire: Bertd__Finished) throws(MessageError) {
        fence = Fence(rawValue: try Read.present(wire.has_fence, wire.fence).required("fence"))
        chunks = try Read.messages(wire.n_chunks, wire.chunks)
        usage = try Read.message(wire.usage).required("usage")
        maxTokens = try Read.number(wire.has_max_tokens, wire.max_tokens, "max_tokens").required("max_tokens")
        run = try Read.message(wire.run)
    }

    func write(to wire: inout Bertd__Finished, _ arena: Arena) {
        arena.put(fence.rawValue, &wire.has_fence, &wire.fence)
        (wire.n_chunks, wire.chunks) = arena.list(chunks)
        wire.usage = arena.message(usage)
        arena.put(maxTokens, &wire.has_max_tokens, &wire.max_tokens)
        wire.run = arena.message(run)
    }
}
