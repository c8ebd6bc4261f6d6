import CMessages

/// The end of a job whose rows are all there.
public struct Succeeded: Equatable, Sendable {
    public var usage: Usage
    /// From accepted to the first lease.
    public var queueTime: Duration
    /// From accepted to the end.
    public var totalTime: Duration

    public init(usage: Usage, queueTime: Duration, totalTime: Duration) {
        self.usage = usage
        self.queueTime = queueTime
        self.totalTime = totalTime
    }
}

extension Succeeded: WireMessage {
    init(_ wire: Bertd__Succeeded) throws(MessageError) {
        usage = try Read.message(wire.usage) ?? Usage()
        queueTime = try Read.microseconds(wire.has_queue_us, wire.queue_us, "succeeded.queue_us")
        totalTime = try Read.microseconds(wire.has_total_us, wire.total_us, "succeeded.total_us")
    }

    func write(to wire: inout Bertd__Succeeded, _ arena: Arena) {
        wire.usage = arena.message(usage)
        arena.put(microseconds: queueTime, &wire.has_queue_us, &wire.queue_us)
        arena.put(microseconds: totalTime, &wire.has_total_us, &wire.total_us)
    }
}
