/// The first frame of an event: `<class>/<group>/<job>/<type>`, what a subscriber filters by.
///
/// Events of a worker have its id in the place of the job; where a part does not apply, it is empty.
public struct Topic: Hashable, Sendable, CustomStringConvertible {
    public enum Class: String, CaseIterable, Sendable {
        /// The life of a job.
        case life = "e1"
        case results = "r1"
        /// Progress, metrics and logs.
        case progress = "v1"
        case workers = "w1"
        case server = "s1"
    }

    public let topicClass: Class
    public let group: String
    /// The job's id, or the worker's.
    public let job: String
    public let type: String

    /// Nil for a welcome, whose topic is the subscription itself, and for what is not recognised.
    public init?(_ event: Event) {
        guard let (topicClass, type) = Self.kind(of: event.body) else { return nil }
        self.topicClass = topicClass
        self.type = type
        group = event.address?.group.string ?? ""
        if case .worker(let worker) = event.body {
            job = worker.workerID.string
        } else {
            job = event.address?.jobID.string ?? ""
        }
    }

    private static func kind(of body: Event.Body) -> (Class, String)? {
        switch body {
        case .accepted: (.life, "accepted")
        case .rejected: (.life, "rejected")
        case .started: (.life, "started")
        case .succeeded: (.life, "succeeded")
        case .failed: (.life, "failed")
        case .dead: (.life, "dead")
        case .cancelled: (.life, "cancelled")
        case .result: (.results, "result")
        case .progress: (.progress, "progress")
        case .survey: (.progress, "survey")
        case .metrics: (.progress, "metrics")
        case .checkpoint: (.progress, "checkpoint")
        case .note: (.progress, "note")
        case .heartbeat: (.server, "heartbeat")
        case .worker(let worker): (.workers, worker.state.rawValue)
        case .welcome, .unrecognised: nil
        }
    }

    /// Nil unless there are the four parts, and the class is known.
    public init?(parsing frame: [UInt8]) {
        let parts = frame.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 4, let topicClass = Class(rawValue: parts[0]) else { return nil }
        self.topicClass = topicClass
        group = parts[1]
        job = parts[2]
        type = parts[3]
    }

    public var description: String { "\(topicClass.rawValue)/\(group)/\(job)/\(type)" }

    public var bytes: [UInt8] { Array(description.utf8) }

    /// What to subscribe to for a class, a group of it, or a job of that. It ends in a slash: `job1` is not `job12`.
    ///
    /// - Precondition: a job is given with its group.
    public static func prefix(_ topicClass: Class, group: Identifier? = nil, job: Identifier? = nil) -> String {
        precondition(
            job == nil || group != nil, "a job's topic begins with its group, found job \(job?.string ?? "") alone")
        return ([topicClass.rawValue] + [group, job].compactMap { $0?.string }).map { $0 + "/" }.joined()
    }
}
