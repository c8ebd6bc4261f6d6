import Foundation
import JobQueue
import Journal
package import Logging
import Messages
import Store
import ZeroMQ

/// A broker: sockets, journal and queue, from start to rest.
package enum Broker {
    /// Serves until SIGTERM or SIGINT, then drains; a second signal ends it at once.
    ///
    /// To be called on the main thread before any other exists: it blocks the signals first.
    ///
    /// - Parameters:
    ///   - whenReady: called once, when every socket is bound
    /// - Returns: whether everything running came to rest before the end
    package static func run(
        _ configuration: BrokerConfiguration, log: Logger, whenReady: () -> Void
    ) throws(BrokerError) -> Bool {
        SignalDescriptor.block()
        Heap.keepFreedMemory()
        do {
            let store = try Store(folder: configuration.stateFolder.appending(path: "store"))
            let journal = try Journal(folder: configuration.stateFolder, store: store)
            let signals = try SignalDescriptor()
            let sockets = try BrokerSockets(Context(), configuration)
            let recorder = try Recorder(journal: journal, retention: configuration.retention, log: log)
            let clerks = try Clerks(journal: journal, store: store, log: log)
            let children = Children(configuration, log: log, at: .now)
            let loop = try BrokerLoop(
                configuration: configuration, opened: OpenedState(journal), sockets: sockets, signals: signals,
                recorder: recorder, clerks: clerks, children: children, log: log)
            recorder.start()
            clerks.start()
            whenReady()
            let isAtRest = try loop.run()
            _ = recorder.orders.send(.stop)
            clerks.stop()
            return isAtRest
        } catch let error as JournalError {
            throw .journal(error)
        } catch let error as StoreError {
            throw .store(error)
        } catch let error as ZeroMQError {
            throw .socket(error)
        } catch {
            preconditionFailure("an error of no kind that is thrown here: \(error)")
        }
    }
}

/// What the journal says when it has just been opened.
struct OpenedState {
    let logID: UInt64
    let boot: UInt32
    let firstSeq: Int
    let lastSeq: Int
    let models: [StoredModel]
    let jobs: [OpenJob]

    init(_ journal: Journal) throws(JournalError) {
        let head = try journal.head()
        logID = journal.logID
        boot = journal.boot
        firstSeq = head.firstSeq
        lastSeq = head.lastSeq
        var models: [StoredModel] = []
        for kind in StoredKind.known { models += try journal.models(named: nil, kind: kind) }
        self.models = models
        jobs = try journal.openJobs()
    }
}
