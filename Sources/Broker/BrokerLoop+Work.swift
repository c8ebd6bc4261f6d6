import JobQueue
import Logging
import Messages
import ZeroMQ

extension BrokerLoop {
    func takeWork() throws(ZeroMQError) {
        for _ in 0..<BrokerSockets.messagesPerTurn {
            guard let received = try sockets.work.receive(within: BrokerSockets.workLimits) else { return }
            guard case .message(let frames) = received, frames.count >= 2 else {
                tally.oversize += 1
                continue
            }
            switch frames[1].withUnsafeBytes(Self.decode) {
            case .success(let message):
                try take(message, tensors: frames.dropFirst(2), from: frames[0].bytes)
            case .failure(let error):
                tally.garbage += 1
                log.warning("a work message of \(frames[1].count) bytes cannot be read: \(error)")
            }
        }
    }

    private static func decode(_ bytes: UnsafeRawBufferPointer) -> Result<FromWorker, MessageError> {
        do {
            return .success(try FromWorker(decoding: bytes))
        } catch {
            return .failure(error)
        }
    }

    private func take(
        _ message: FromWorker, tensors: ArraySlice<Message>, from address: WorkerSeat.Address
    ) throws(ZeroMQError) {
        let now = clock.now
        switch message {
        case .hello(let hello):
            guard hello.protocolVersion == Limits.protocolVersion else {
                let found = "protocol \(hello.protocolVersion), expected \(Limits.protocolVersion)"
                return log.error("worker '\(hello.workerID)' speaks \(found)")
            }
            log.info(
                "worker '\(hello.workerID)' is here: pid \(hello.processID), \(hello.lanes) lanes, \(hello.kernels)")
            try perform(queue.welcome(hello, at: address, beat: configuration.beat, now: now))
        case .beat(let beat):
            guard let actions = queue.renew(beat, from: address, at: now) else {
                return try send(.whoAreYou, to: address)
            }
            try perform(actions)
        case .finished(let finished):
            try perform(queue.finish(finished, tensors: tensors.map(\.bytes), from: address))
        case .unfinished(let unfinished):
            log.warning("a lease came back \(unfinished.reason): \(unfinished.error?.message ?? "no reason given")")
            try perform(queue.giveBack(unfinished, from: address))
        case .report(let report): try perform(queue.report(report, from: address))
        case .bye:
            try perform(queue.dismiss(address))
        }
    }

    /// A worker that is gone, or does not read, loses its leases when they run out.
    func send(_ message: FromBroker, to address: WorkerSeat.Address) throws(ZeroMQError) {
        if try sockets.work.send([address, message.encoded()]) != .queued { tally.undelivered += 1 }
    }
}
