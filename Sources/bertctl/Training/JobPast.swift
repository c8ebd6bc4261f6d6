import Client
import Messages

/// The committed events of one job, told again.
struct JobPast {
    private static let classes: [Topic.Class] = [.life, .progress]

    let client: Client
    let address: JobAddress

    /// Those after `seq`, in their order.
    func events(after seq: Int) throws -> [Event] {
        var events: [Event] = []
        for topicClass in Self.classes {
            let filter = Topic.prefix(topicClass, group: address.group, job: address.jobID)
            var next = seq
            var outcome = EventsPage.Outcome.more
            while outcome == .more || outcome == .expired {
                let page = try client.replay(Replay(afterSeq: next, filter: filter))
                events += try page.events()
                outcome = page.outcome
                next = outcome == .expired ? max(next + 1, page.firstSeq - 1) : page.nextSeq
            }
        }
        return events.sorted { ($0.seq ?? 0) < ($1.seq ?? 0) }
    }
}
