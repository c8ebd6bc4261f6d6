import CMessages

/// What the broker tells a worker.
package enum FromBroker: Equatable, Sendable {
    case welcome(WorkerWelcome)
    case leases([Lease])
    /// The rows are on disk, or the fence was not current: the worker may forget them.
    case settled([Fence])
    /// The rows are no longer wanted.
    case revoke([Fence])
    /// The broker does not know the sender: it is to say hello.
    case whoAreYou
    /// The reports of a lease up to this number are on disk.
    case recorded(Fence, number: Int)

    package init(decoding frame: UnsafeRawBufferPointer) throws(MessageError) { self = try .unpacked(from: frame) }
    package init(decoding frame: [UInt8]) throws(MessageError) { self = try .unpacked(from: frame) }

    package func encoded() -> [UInt8] { packed() }
}

extension FromBroker: WireMessage {
    init(_ wire: Bertd__FromBroker) throws(MessageError) {
        switch wire.body_case {
        case BERTD__FROM_BROKER__BODY_WELCOME: self = .welcome(try Read.message(wire.welcome).required("welcome"))
        case BERTD__FROM_BROKER__BODY_LEASES:
            let leases = try Read.pointee(wire.leases, "leases")
            self = .leases(try Read.messages(leases.n_leases, leases.leases))
        case BERTD__FROM_BROKER__BODY_SETTLED:
            let settled = try Read.pointee(wire.settled, "settled")
            self = .settled(Read.fences(settled.n_fences, settled.fences))
        case BERTD__FROM_BROKER__BODY_REVOKE:
            let revoke = try Read.pointee(wire.revoke, "revoke")
            self = .revoke(Read.fences(revoke.n_fences, revoke.fences))
        case BERTD__FROM_BROKER__BODY_WHO_ARE_YOU: self = .whoAreYou
        case BERTD__FROM_BROKER__BODY_RECORDED:
            let recorded = try Read.pointee(wire.recorded, "recorded")
            self = .recorded(
                Fence(rawValue: try Read.present(recorded.has_fence, recorded.fence).required("fence")),
                number: try Read.number(recorded.has_number, recorded.number, "number") ?? 0)
        default: throw .unsupported(field: "body", expected: "a broker's message", found: "another, or none")
        }
    }

    func write(to wire: inout Bertd__FromBroker, _ arena: Arena) {
        switch self {
        case .welcome(let welcome):
            wire.body_case = BERTD__FROM_BROKER__BODY_WELCOME
            wire.welcome = arena.message(welcome)
        case .leases(let leases):
            wire.body_case = BERTD__FROM_BROKER__BODY_LEASES
            wire.leases = arena.make(Bertd__Leases.self) { ($0.n_leases, $0.leases) = arena.list(leases) }
        case .settled(let fences):
            wire.body_case = BERTD__FROM_BROKER__BODY_SETTLED
            wire.settled = arena.make(Bertd__Settled.self) { ($0.n_fences, $0.fences) = arena.list(fences) }
        case .revoke(let fences):
            wire.body_case = BERTD__FROM_BROKER__BODY_REVOKE
            wire.revoke = arena.make(Bertd__Revoke.self) { ($0.n_fences, $0.fences) = arena.list(fences) }
        case .whoAreYou:
            wire.body_case = BERTD__FROM_BROKER__BODY_WHO_ARE_YOU
            wire.who_are_you = arena.make(Bertd__WhoAreYou.self)
        case .recorded(let fence, let number):
            wire.body_case = BERTD__FROM_BROKER__BODY_RECORDED
            wire.recorded = arena.make(Bertd__Recorded.self) {
                arena.put(fence.rawValue, &$0.has_fence, &$0.fence)
                arena.put(number, &$0.has_number, &$0.number)
            }
        }
    }
}
