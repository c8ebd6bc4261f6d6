import Foundation
import JobQueue
import Journal
import Logging
import Messages
import Store
import ZeroMQ

/// Who is to get a reply: the frames before the payload of the request, and its number.
struct Peer: Sendable {
    var envelope: [[UInt8]]
    var requestID: UInt64
}

/// What the I/O thread asks of a clerk.
enum ClerkOrder: Sendable {
    /// Answer a request. `status` is what the I/O thread alone can say for `Request.Body.status`.
    case answer(Request.Body, to: Peer, status: ServiceStatus?)
    /// Tell the stored events of a job again to the client that repeated its command: those after a `seq`.
    ///
    /// Another digest is a conflict (nil: any will do); a job that is not in the journal is rejected with `otherwise`.
    case retell(JobAddress, Digest?, after: Int, otherwise: ServiceError)
    /// Delete objects that nothing refers to any more.
    case collect
    /// Delete the bytes of checkpoints that are kept no longer.
    case discard
    case stop
}

/// What a clerk tells the I/O thread.
enum ClerkReport: Sendable {
    case reply(to: Peer, [[UInt8]])
    /// The rows asked for are not there yet, or the job is not.
    case notYet(to: Peer, Page?)
    /// A job that is not in the journal: it may have been rejected.
    case unknownJob(Identifier, to: Peer)
    /// Stored events of a job, to be published again; `next` is the seq to go on after, nil at the end.
    case retold(JobAddress, [RepeatedEvent], next: Int?)
    case rejected(JobAddress, ServiceError)
    /// A model or a data set has a new version, or these versions are gone.
    case registered(StoredModel)
    case removed([StoredModel])
}

/// A thread that answers questions from the journal and the store, so that the I/O thread never touches the disk.
final class Clerk: Sendable {
    let orders: Mailbox<ClerkOrder>
    private let reports: Mailbox<ClerkReport>
    private let journal: Journal
    private let store: Store
    private let log: Logger

    /// - Parameter capacity: requests that may wait; above it the I/O thread says so to who asks
    init(
        journal: Journal, store: Store, reports: Mailbox<ClerkReport>, capacity: Int, log: Logger
    ) throws(ZeroMQError) {
        self.journal = journal
        self.store = store
        self.reports = reports
        self.log = log
        orders = try Mailbox(capacity: capacity)
    }

    func start(_ name: String) {
        let thread = Thread { [self] in
            while work(orders.waitAndDrain()) {}
        }
        thread.name = name
        thread.start()
    }

    private func work(_ orders: [ClerkOrder]) -> Bool {
        for order in orders {
            switch order {
            case .answer(let body, let peer, let status): answer(body, peer, status)
            case .retell(let address, let digest, let after, let otherwise):
                retell(address, digest, after: after, otherwise: otherwise)
            case .collect: collect()
            case .discard: discard()
            case .stop: return false
            }
        }
        return true
    }

    private func report(_ report: ClerkReport) {
        _ = reports.send(report)
    }

    private func answer(_ body: Request.Body, _ peer: Peer, _ status: ServiceStatus?) {
        do {
            switch body {
            case .fetch(let fetch): try self.fetch(fetch, peer)
            case .show(let id):
                guard let job = try journal.job(id) else { return report(.unknownJob(id, to: peer)) }
                reply(.job(job.summary), to: peer)
            case .list(let list):
                let jobs = try journal.jobs(state: list.state, group: list.group, limit: list.limit)
                reply(.jobs(jobs.map(\.summary)), to: peer)
            case .replay(let replay): reply(.events(try journal.replay(replay)), to: peer)
            case .status: if let status { reply(.service(try complete(status)), to: peer) }
            case .put(let put):
                let have = try store.put(put.digest, size: put.size, offset: put.offset, bytes: put.bytes)
                reply(.stored(have: have), to: peer)
            case .get(let digest, let offset): try get(digest, offset, peer)
            case .register(let name, let manifest, let kind): try register(name, manifest, kind, peer)
            case .listModels(let name, let kind):
                reply(.models(try journal.models(named: name, kind: kind)), to: peer)
            case .removeModel(let reference, let kind):
                let removed = try journal.remove(reference, kind: kind)
                report(.removed(removed))
                reply(.models(removed), to: peer)
            case .releaseCheckpoints(let id):
                reply(.released(byteCount: try journal.releaseCheckpoints(of: id)), to: peer)
                discard()
            }
        } catch let error as JournalError {
            reply(.error(error.serviceError), to: peer)
        } catch let error as StoreError {
            reply(.error(error.serviceError), to: peer)
        } catch {
            reply(.error(ServiceError(.internal, "\(error)")), to: peer)
        }
    }

    /// The rows if they are stored; otherwise the I/O thread decides whether to wait for them.
    private func fetch(_ fetch: Fetch, _ peer: Peer) throws(JournalError) {
        guard let job = try journal.job(fetch.jobID) else { return report(.unknownJob(fetch.jobID, to: peer)) }
        let found = try journal.rows(
            of: fetch.jobID, first: fetch.firstRow, count: fetch.count, maxBytes: Limits.pageBytes)
        let page = Page(job: job.summary, rows: found?.rows)
        if found == nil, fetch.firstRow < job.rows, !job.state.isTerminal {
            return report(.notYet(to: peer, page))
        }
        reply(.page(page), to: peer, tensor: found?.tensor ?? [])
    }

    private func complete(_ status: ServiceStatus) throws(JournalError) -> ServiceStatus {
        var status = status
        let head = try journal.head()
        (status.firstSeq, status.lastSeq) = (head.firstSeq, head.lastSeq)
        status.journalBytes = journal.fileBytes
        status.residentBytes = ProcessMemory.residentBytes
        status.freeBytes = store.freeBytes
        return status
    }

    /// The folder is in place before its name is: a worker on this machine opens it by the digest of its manifest.
    private func register(_ name: ModelName, _ manifest: Manifest, _ kind: StoredKind, _ peer: Peer) throws {
        _ = try store.folder(of: manifest)
        let registered = try journal.register(name, manifest, kind: kind, at: .now)
        report(.registered(registered))
        reply(.model(registered), to: peer)
    }

    private func get(_ digest: Digest, _ offset: Int, _ peer: Peer) throws(StoreError) {
        guard let size = store.size(of: digest) else { throw .noObject(digest) }
        let bytes = try store.read(digest, offset: offset, count: Limits.maxPutBytes)
        reply(.piece(bytes, ofSize: size), to: peer)
    }

    private func retell(_ address: JobAddress, _ digest: Digest?, after: Int, otherwise: ServiceError) {
        do {
            guard let job = try journal.job(address.jobID) else { return report(.rejected(address, otherwise)) }
            guard digest == nil || digest == job.digest else {
                return report(.rejected(address, ServiceError(conflictOn: address.jobID)))
            }
            let events = try journal.events(of: address.jobID, after: after)
            guard after > 0 || !events.isEmpty else { return try retellForgotten(job) }
            report(.retold(address, events, next: events.last?.event.seq))
        } catch {
            log.error("the events of job '\(address.jobID)' cannot be read: \(error)")
            report(.retold(address, [], next: nil))
        }
    }

    /// A job is known for longer than its events are kept: what can still be said of it.
    private func retellForgotten(_ job: JobRecord) throws(JournalError) {
        guard let accepted = try journal.acceptance(of: job.id) else {
            let sentence = "job '\(job.id)' has ended, and its events are no longer kept"
            return report(.rejected(job.address, ServiceError(.expired, sentence)))
        }
        let event = Event(
            logID: journal.logID, time: job.acceptedAt, address: job.address, isReplayed: true,
            body: .accepted(accepted))
        report(.retold(job.address, [RepeatedEvent(event: event, tensor: nil)], next: nil))
    }

    private func collect() {
        do {
            let freed = try store.collect(keeping: try journal.digestsInUse(), now: .now)
            if freed > 0 { log.info("freed \(freed) bytes of objects that nothing refers to") }
        } catch {
            log.error("unused objects could not be deleted: \(error)")
        }
    }

    private func discard() {
        do {
            let discarded = try journal.discardedCheckpoints()
            guard !discarded.isEmpty else { return }
            let inUse = try journal.digestsInUse()
            var freed = 0
            var done: [DiscardedCheckpoint] = []
            for checkpoint in discarded {
                let (bytes, isDone) = store.discard(checkpoint.manifest, keeping: inUse, now: .now)
                freed += bytes
                if isDone { done.append(checkpoint) }
            }
            try journal.forget(done)
            if freed > 0 { log.info("freed \(freed) bytes of checkpoints that are kept no longer") }
        } catch {
            log.error("checkpoints that are kept no longer could not be deleted: \(error)")
        }
    }

    private func reply(_ body: Reply.Body, to peer: Peer, tensor: [UInt8]? = nil) {
        let payload = Reply(requestID: peer.requestID, body: body).encoded()
        report(.reply(to: peer, peer.envelope + [payload] + (tensor.map { [$0] } ?? [])))
    }
}
