import CMessages

/// A lease given back without its rows.
package struct Unfinished: Equatable, Sendable {
    package enum Reason: String, CaseIterable, Sendable {
        /// The job's fault: it fails. A run whose error is the worker's goes to another.
        case failed
        /// This worker's: another may do it.
        case refused
        /// The worker is leaving.
        case returned
    }

    package var fence: Fence
    package var reason: Reason
    package var error: ServiceError?

    package init(fence: Fence, reason: Reason, error: ServiceError? = nil) {
        self.fence = fence
        self.reason = reason
        self.error = error
    }
}

extension Unfinished: WireMessage {
    init(_ wire: Bertd__Unfinished) throws(MessageError) {
        fence = Fence(rawValue: try Read.present(wire.has_fence, wire.fence).required("fence"))
        let word = try Read.string(wire.has_reason, wire.reason, "reason").required("reason")
        guard let reason = Reason(rawValue: word) else {
            throw .field("reason", expected: "'failed', 'refused' or 'returned'", found: "another word")
        }
        self.reason = reason
        error = try Read.message(wire.error)
    }

    func write(to wire: inout Bertd__Unfinished, _ arena: Arena) {
        arena.put(fence.rawValue, &wire.has_fence, &wire.fence)
        arena.put(reason.rawValue, &wire.has_reason, &wire.reason)
        wire.error = arena.message(error)
    }
}
