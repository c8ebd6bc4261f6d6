import CMessages

/// What a worker tells the broker.
package enum FromWorker: Equatable, Sendable {
    case hello(Hello)
    case beat(Beat)
    /// Followed by one frame of tensor bytes for each chunk.
    case finished(Finished)
    case unfinished(Unfinished)
    case bye
    case report(RunReport)

    package init(decoding frame: UnsafeRawBufferPointer) throws(MessageError) { self = try .unpacked(from: frame) }
    package init(decoding frame: [UInt8]) throws(MessageError) { self = try .unpacked(from: frame) }

    package func encoded() -> [UInt8] { packed() }
}

extension FromWorker: WireMessage {
    init(_ wire: Bertd__FromWorker) throws(MessageError) {
        switch wire.body_case {
        case BERTD__FROM_WORKER__BODY_HELLO: self = .hello(try Read.message(wire.hello).required("hello"))
        case BERTD__FROM_WORKER__BODY_BEAT: self = .beat(try Read.message(wire.beat).required("beat"))
        case BERTD__FROM_WORKER__BODY_FINISHED: self = .finished(try Read.message(wire.finished).required("finished"))
        case BERTD__FROM_WORKER__BODY_UNFINISHED:
            self = .unfinished(try Read.message(wire.unfinished).required("unfinished"))
        case BERTD__FROM_WORKER__BODY_BYE: self = .bye
        case BERTD__FROM_WORKER__BODY_REPORT: self = .report(try Read.message(wire.report).required("report"))
        default: throw .unsupported(field: "body", expected: "a worker's message", found: "another, or none")
        }
    }

    func write(to wire: inout Bertd__FromWorker, _ arena: Arena) {
        switch self {
        case .hello(let hello):
            wire.body_case = BERTD__FROM_WORKER__BODY_HELLO
            wire.hello = arena.message(hello)
        case .beat(let beat):
            wire.body_case = BERTD__FROM_WORKER__BODY_BEAT
            wire.beat = arena.message(beat)
        case .finished(let finished):
            wire.body_case = BERTD__FROM_WORKER__BODY_FINISHED
            wire.finished = arena.message(finished)
        case .unfinished(let unfinished):
            wire.body_case = BERTD__FROM_WORKER__BODY_UNFINISHED
            wire.unfinished = arena.message(unfinished)
        case .bye:
            wire.body_case = BERTD__FROM_WORKER__BODY_BYE
            wire.bye = arena.make(Bertd__Bye.self)
        case .report(let report):
            wire.body_case = BERTD__FROM_WORKER__BODY_REPORT
            wire.report = arena.message(report)
        }
    }
}
