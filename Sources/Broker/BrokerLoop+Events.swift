import JobQueue
import Messages
import ZeroMQ

extension BrokerLoop {
    /// Each new subscription gets a welcome on its own topic: from here on, nothing of it is missed unseen.
    func takeSubscriptions() throws(ZeroMQError) {
        for _ in 0..<BrokerSockets.messagesPerTurn {
            guard let received = try sockets.events.receive(within: BrokerSockets.requestLimits) else { return }
            guard case .message(let frames) = received, frames.count == 1, let frame = frames.first?.bytes,
                frame.first == 1
            else { continue }
            let welcome = Welcome(
                serverVersion: configuration.version, protocolVersion: Limits.protocolVersion, firstSeq: firstSeq,
                maxCommandBytes: Limits.maxCommandBytes)
            _ = try sockets.events.send([Array(frame.dropFirst()), event(.welcome(welcome), nil).encoded()])
        }
    }

    /// An event that is not committed: it carries the last committed seq and none of its own.
    func event(_ body: Event.Body, _ address: JobAddress?) -> Event {
        Event(logID: logID, lastSeq: lastSeq, time: .now, address: address, body: body)
    }

    /// Sends to whoever has subscribed; a subscriber whose queue is full misses it and can see that from the seq.
    func publish(_ event: Event, tensor: [UInt8]? = nil) throws(ZeroMQError) {
        guard let topic = Topic(event) else { return }
        _ = try sockets.events.send([topic.bytes, event.encoded()] + (tensor.map { [$0] } ?? []))
    }

    func publishHeartbeat() throws(ZeroMQError) {
        let heartbeat = Heartbeat(
            openJobs: queue.jobs.count, queuedTokens: queue.queuedTokens, workers: queue.seats.count)
        try publish(event(.heartbeat(heartbeat), nil))
    }
}
