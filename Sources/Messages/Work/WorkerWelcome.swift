import CMessages

/// The broker's answer to a hello.
package struct WorkerWelcome: Equatable, Sendable {
    /// How often it wants a beat, in whole milliseconds.
    package var beat: Duration
    /// The leases that are still this worker's; the others are to be dropped.
    package var keep: [Fence]

    package init(beat: Duration, keep: [Fence]) {
        self.beat = beat
        self.keep = keep
    }
}

extension WorkerWelcome: WireMessage {
    init(_ wire: Bertd__WorkerWelcome) throws(MessageError) {
        beat = try Read.milliseconds(wire.has_beat_ms, wire.beat_ms).required("beat_ms")
        keep = Read.fences(wire.n_keep, wire.keep)
    }

    func write(to wire: inout Bertd__WorkerWelcome, _ arena: Arena) {
        arena.put(milliseconds: beat, &wire.has_beat_ms, &wire.beat_ms)
        (wire.n_keep, wire.keep) = arena.list(keep)
    }
}
