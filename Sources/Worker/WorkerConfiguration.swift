import BERT
package import Foundation
package import Messages

/// What a worker is told when it is started.
package struct WorkerConfiguration: Sendable {
    package var server: ServerAddress
    package var stateFolder: URL
    /// Unique among the workers of a server: a newcomer of the same name takes the place of the older.
    package var id: Identifier
    package var workerClass: WorkerClass
    package var laneCount: Int
    /// The program's.
    package var version: String
    /// How long to go on without a broker; nil: for ever.
    package var orphanTimeout: Duration?
    /// An inherited descriptor of the lock file by which a restarted server sees that its worker lives; it stays open.
    package var lockDescriptor: Int32?

    package init(
        server: ServerAddress, stateFolder: URL, id: String, workerClass: WorkerClass, laneCount: Int, version: String,
        orphanTimeout: Duration?, lockDescriptor: Int32?
    ) throws(WorkerError) {
        self.server = server
        self.stateFolder = stateFolder
        do {
            self.id = try Identifier(id)
        } catch {
            throw .invalidID(error)
        }
        self.workerClass = workerClass
        self.laneCount = laneCount
        self.version = version
        self.orphanTimeout = orphanTimeout
        self.lockDescriptor = lockDescriptor
    }

    /// Estimated tokens that the worker wants to hold: for each lane a micro-batch in work, and enough for the next ones while
    /// results are committed. What it holds beyond that only waits, and is lost with it. A run is one lease, whatever its
    /// size.
    var creditTokens: Int { workerClass == .training ? 1 : laneCount * 16 * Encoder.microBatchTokens }

    /// How long a worker that was told to stop finishes what it has begun, and waits for it to be durable.
    package static let drainGrace = Duration.seconds(10)
    /// A run ends its step and writes a checkpoint of all its parameters and moments.
    package static let trainingDrainGrace = Duration.seconds(120)

    var drainGrace: Duration { workerClass == .training ? Self.trainingDrainGrace : Self.drainGrace }
}
