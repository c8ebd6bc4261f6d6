import DequeModule
import Messages

/// The latest rejections, so that a client without a subscription can still ask what became of its command.
///
/// A rejected command leaves nothing in the journal; what is kept here is bounded and goes with the process.
struct RecentRejections {
    private var errors: [Identifier: (address: JobAddress, error: ServiceError)] = [:]
    private var order: Deque<Identifier> = []

    mutating func add(_ address: JobAddress, _ error: ServiceError) {
        if errors.updateValue((address, error), forKey: address.jobID) == nil { order.append(address.jobID) }
        if order.count > Self.capacity, let oldest = order.popFirst() { errors[oldest] = nil }
    }

    /// The job accepted after all, once its command was sent again.
    mutating func remove(_ job: Identifier) {
        guard errors.removeValue(forKey: job) != nil else { return }
        order.removeAll { $0 == job }
    }

    func summary(of job: Identifier) -> JobSummary? {
        errors[job].map { JobSummary(rejected: $0.address, $0.error) }
    }

    private static let capacity = 10_000
}
