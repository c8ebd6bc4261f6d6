import BERT
package import Foundation
package import Messages

/// What a worker is told when it is started.
package struct WorkerConfiguration: Sendable {
    package var server: ServerAddress
    package var stateFolder: URL
    /// Unique among the workers of a server: a newcomer of the same name takes the place of the older.
    package var id: Identifier
    package var laneCount: Int
    /// The program's.
    package var version: String
    /// How long to go on without a broker; nil: for ever.
    package var orphanTimeout: Duration?
    /// An inherited descriptor of the lock file by which a restarted server sees that its worker lives; it stays open.
    package var lockDescriptor: Int32?

    package init(
        server: ServerAddress, stateFolder: URL, id: String, laneCount: Int, version: String,
        orphanTimeout: Duration?, lockDescriptor: Int32?
    ) throws(WorkerError) {
        self.server = server
        self.stateFolder = stateFolder
        do {
            self.id = try Identifier(id)
        } catch {
            throw .invalidID(error)
        }
        self.laneCount = laneCount
        self.version = version
        self.orphanTimeout = orphanTimeout
        self.lockDescriptor = lockDescriptor
    }

    /// Estimated tokens that a lane wants in hand: a micro-batch in work, and enough for the next ones while results are
    /// committed. What it holds beyond that only waits, and is lost with it.
    static let creditTokensPerLane = 16 * Encoder.microBatchTokens
    /// How long a worker that was told to stop finishes what it has begun, and waits for it to be durable.
    package static let drainGrace = Duration.seconds(10)
}
