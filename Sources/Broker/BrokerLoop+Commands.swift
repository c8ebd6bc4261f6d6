import JobQueue
import Logging
import Messages
import ZeroMQ

extension BrokerLoop {
    func takeCommands() throws(ZeroMQError) {
        for _ in 0..<BrokerSockets.messagesPerTurn {
            guard let received = try sockets.commands.receive(within: BrokerSockets.commandLimits) else { return }
            switch received {
            case .oversize(_, let frames, let bytes):
                tally.oversize += 1
                log.warning("a command of \(frames) frames and \(bytes) bytes was dropped, expected one frame")
            case .message(let frames):
                guard let frame = frames.first else { continue }
                try take(command: frame)
            }
        }
    }

    private func take(command frame: Message) throws(ZeroMQError) {
        switch frame.withUnsafeBytes({ Command.decode($0) }) {
        case .garbage(let reason):
            tally.garbage += 1
            log.warning("a frame of \(frame.count) bytes is no command: \(reason)")
        case .rejected(let address, let error):
            try reject(address, error)
        case .command(let command):
            switch command.body {
            case .work(let work): submit(command, work, frame: frame.bytes)
            // Behind the accept that may be in the same batch.
            case .cancel: ledger.afterwards(.cancel(command))
            }
        }
    }

    /// Has a job written down, or asks a clerk whether it was once before it is refused: a repeat is always answered.
    private func submit(_ command: Command, _ work: Work, frame: [UInt8]) {
        let digest = Digest(of: frame)
        do throws(ServiceError) {
            try checkAdmission(of: frame.count)
            let (model, run) = try WorkCheck(work: work, registry: registry).bound()
            let record = JobRecord(
                address: command.address, priority: command.priority, kind: work.kind, digest: digest, model: model,
                rows: work.rowCount, noticesOnly: work.wantsNotices, perToken: work.hasVectorPerToken,
                acceptedAt: .now, run: run)
            let job = QueuedJob(record: record, work: try work.bound(to: run), frameBytes: frame.count)
            ledger.record(.accept(record, frame: frame), then: .admit(job))
        } catch {
            // Behind the accept of the same bytes that may be in the same batch.
            ledger.afterwards(.retell(command.address, digest, otherwise: error))
        }
    }

    /// Whether there is room for a job of so many bytes.
    private func checkAdmission(of byteCount: Int) throws(ServiceError) {
        if troubledUntil != nil, let trouble { throw trouble }
        let queued = queue.queuedBytes + ledger.acceptBytes
        guard queued + byteCount <= configuration.queuedBytesLimit else {
            throw ServiceError(
                .overloaded, "\(queued) bytes are queued, the limit is \(configuration.queuedBytesLimit)",
                retryAfter: .seconds(1))
        }
    }

    func reject(_ address: JobAddress, _ error: ServiceError) throws(ZeroMQError) {
        tally.rejected += 1
        rejections.add(address, error)
        try publish(event(.rejected(error), address))
        try wake(address.jobID)
    }
}
