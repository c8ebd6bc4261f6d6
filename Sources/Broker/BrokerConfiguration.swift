package import Foundation
import JobQueue
import Journal

/// Everything that can be set about a broker, with its default, in one place.
package struct BrokerConfiguration: Sendable {
    /// The address that the four sockets are bound to.
    package var host = "127.0.0.1"
    /// Commands; events, control and work are the three ports above it.
    package var basePort: UInt16 = 5555
    package var stateFolder: URL
    package var version = "0"
    /// How long a worker that nothing is heard of keeps its rows.
    package var lease = JobQueue.Configuration().lease
    package var resultAge = Retention().resultAge
    package var resultBytes = Retention().resultBytes
    package var eventAge = Retention().eventAge
    package var idAge = Retention().idAge
    package var idCount = Retention().idCount
    /// Bytes of commands whose jobs are open, before new ones are refused.
    package var queuedBytesLimit = 1 << 30
    /// How long a stopping broker waits for the rows that are being computed.
    package var grace = Duration.seconds(30)
    /// How long it waits for a run to save itself: a step and a checkpoint of a large model take their time.
    package var trainingGrace = Duration.seconds(120)
    /// How to start the inference worker; nil: workers come by themselves.
    package var worker: WorkerProgram?
    /// How to start the training workers, when there is the first job for them.
    package var trainingWorkers: [WorkerProgram] = []

    package init(stateFolder: URL) {
        self.stateFolder = stateFolder
    }

    /// How often a worker renews its leases, which is also how it sees that the broker has gone.
    var beat: Duration { min(.seconds(1), lease / 5) }

    var queue: JobQueue.Configuration {
        var queue = JobQueue.Configuration()
        queue.lease = lease
        return queue
    }

    var retention: Retention {
        var retention = Retention()
        retention.resultAge = resultAge
        retention.resultBytes = resultBytes
        retention.eventAge = eventAge
        retention.idAge = idAge
        retention.idCount = idCount
        return retention
    }

    func endpoint(_ port: Port) -> String {
        let host = host.contains(":") ? "[\(host)]" : host
        return "tcp://\(host):\(Int(basePort) + port.rawValue)"
    }
}

/// The four ports, counted from the base.
enum Port: Int {
    case commands, events, control, work
}

/// The program that serves a class of work, and how it is called.
package struct WorkerProgram: Sendable {
    package var path: String
    package var arguments: [String]
    /// The name under which it will introduce itself.
    package var workerID: String

    package init(path: String, workerID: String, arguments: [String]) {
        self.path = path
        self.workerID = workerID
        self.arguments = arguments
    }
}
