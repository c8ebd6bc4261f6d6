import JobQueue
import Journal
import Messages
import ZeroMQ

extension BrokerLoop {
    func takeRequests() throws(ZeroMQError) {
        for _ in 0..<BrokerSockets.messagesPerTurn {
            guard let received = try sockets.control.receive(within: BrokerSockets.requestLimits) else { return }
            guard case .message(let frames) = received, let payload = frames.last, frames.count >= 2 else {
                tally.oversize += 1
                continue
            }
            let envelope = frames.dropLast().map(\.bytes)
            switch payload.withUnsafeBytes(Self.decode) {
            case .success(let request):
                try answer(request.body, to: Peer(envelope: envelope, requestID: request.id))
            case .failure(let rejection):
                tally.garbage += 1
                try reply(.error(rejection.error), to: Peer(envelope: envelope, requestID: rejection.requestID))
            }
        }
    }

    private static func decode(_ bytes: UnsafeRawBufferPointer) -> Result<Request, RequestRejection> {
        do {
            return .success(try Request.decode(bytes))
        } catch {
            return .failure(error)
        }
    }

    private func answer(_ body: Request.Body, to peer: Peer) throws(ZeroMQError) {
        var status: ServiceStatus?
        switch body {
        case .fetch(let fetch):
            guard waiting.count < WaitingFetches.capacity else { return try replyBusy(to: peer) }
            waiting.look(fetch, for: peer, until: clock.now + fetch.wait)
        case .status: status = self.status
        default: break
        }
        guard clerks.answer(body, to: peer, status: status) else {
            waiting.remove(peer)
            return try replyBusy(to: peer)
        }
    }

    func take(_ report: ClerkReport) throws(ZeroMQError) {
        switch report {
        case .reply(let peer, let frames):
            waiting.remove(peer)
            try sendReply(frames)
        case .notYet(let peer, let page): try wait(peer, page)
        case .unknownJob(let id, let peer): try answerUnknown(id, to: peer)
        case .retold(let address, let events, let next):
            for event in events { try publish(event.event, tensor: event.tensor) }
            let isGoingOn = next.map { seq in
                let forgotten = ServiceError(.expired, "job '\(address.jobID)' was forgotten meanwhile")
                return clerks.reader.orders.send(.retell(address, nil, after: seq, otherwise: forgotten))
            }
            if isGoingOn != true { retelling.remove(address.jobID) }
        case .rejected(let address, let error):
            retelling.remove(address.jobID)
            try reject(address, error)
        case .registered(let model): registry.add(model)
        case .removed(let models): for model in models { registry.remove(model) }
        }
    }

    /// Lets a clerk look again for those who wait for this job.
    func wake(_ job: Identifier) throws(ZeroMQError) {
        for entry in waiting.wake(job) { try lookAgain(entry) }
    }

    private func lookAgain(_ entry: WaitingFetches.Entry) throws(ZeroMQError) {
        guard !clerks.answer(.fetch(entry.request), to: entry.peer) else { return }
        waiting.remove(entry.peer)
        try replyBusy(to: entry.peer)
    }

    private func wait(_ peer: Peer, _ page: Page?) throws(ZeroMQError) {
        switch waiting.park(peer, page, at: clock.now) {
        case .parked: break
        case .again(let entry): try lookAgain(entry)
        case .late(let entry): try replyNotYet(entry)
        }
    }

    /// A job that the journal does not know may have been rejected, or may be about to be accepted.
    private func answerUnknown(_ id: Identifier, to peer: Peer) throws(ZeroMQError) {
        if let summary = rejections.summary(of: id) {
            let isFetch = waiting.remove(peer)
            try isFetch
                ? reply(.page(Page(job: summary, rows: nil)), to: peer, tensor: []) : reply(.job(summary), to: peer)
        } else if waiting.isLooking(peer) {
            try wait(peer, nil)
        } else {
            try reply(.error(unknownJob(id)), to: peer)
        }
    }

    /// The time of a fetch is up: the job as it stands, without rows.
    func replyNotYet(_ entry: WaitingFetches.Entry) throws(ZeroMQError) {
        if let page = entry.page {
            try reply(.page(page), to: entry.peer, tensor: [])
        } else {
            try reply(.error(unknownJob(entry.request.jobID)), to: entry.peer)
        }
    }

    private func unknownJob(_ id: Identifier) -> ServiceError {
        ServiceError(.unknownJob, "no job is called '\(id)'", field: "job_id")
    }

    private func replyBusy(to peer: Peer) throws(ZeroMQError) {
        try reply(
            .error(ServiceError(.overloaded, "too many requests wait for an answer", retryAfter: .seconds(1))), to: peer
        )
    }

    private func reply(_ body: Reply.Body, to peer: Peer, tensor: [UInt8]? = nil) throws(ZeroMQError) {
        let payload = Reply(requestID: peer.requestID, body: body).encoded()
        try sendReply(peer.envelope + [payload] + (tensor.map { [$0] } ?? []))
    }

    /// A peer that is gone or does not read gets no answer; it asks again.
    private func sendReply(_ frames: [[UInt8]]) throws(ZeroMQError) {
        if try sockets.control.send(frames) != .queued { tally.undelivered += 1 }
    }
}
