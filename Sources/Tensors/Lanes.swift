import Glibc

/// Persistent compute threads that take jobs from one queue, in order.
///
/// Under load each lane computes its own job. A job that runs while others sleep may spread over them (`Team`), so that a
/// single small request uses the whole machine; nobody has to decide which it is.
///
///     submit ──► jobs ──► lane 0 ─ State 0 ─ job(state, team) ── team.run ──┐ invitations, taken by
///                    └──► lane 1 ─ State 1 ─ …                 ◄────────────┘ lanes that sleep
package final class Lanes<State>: Sendable {
    package typealias Job = @Sendable (State, Team) -> Void

    package let count: Int
    private let queue = Monitor(Queue())
    private let threads = Monitor<[pthread_t]>([])

    private struct Queue {
        var jobs: [Job] = []
        var invitations: [Invitation] = []
        var sleeping = 0
        /// Jobs that are being done: while there are any, even lanes that are to stop may be invited.
        var running = 0
        var stopping = false

        /// Lanes that sleep and will not be needed for what is already waiting.
        var spare: Int { sleeping - jobs.count - invitations.count }
    }

    private struct Invitation {
        let body: (Share) -> Void
        let share: Share
    }

    private enum Duty {
        case job(Job)
        case help(Invitation)
        case leave
    }

    /// Starts the threads; `state` makes, on each lane's thread, what its jobs get and no other thread ever sees.
    package init(
        count: Int = LaneCount.available, state: @escaping @Sendable (_ lane: Int) -> State
    ) throws(TensorError) {
        precondition(count > 0, "\(count) lanes")
        self.count = count
        for lane in 0..<count {
            let queue = queue
            do {
                let thread = try LaneThread.start(lane) { Self.work(on: queue, count: count, state: state(lane)) }
                threads.change { $0.append(thread) }
            } catch {
                stop()
                throw error
            }
        }
    }

    deinit { stop() }

    /// Queues a job. The queue has no limit of its own: the caller keeps at most two jobs a lane outstanding.
    package func submit(_ job: @escaping Job) {
        queue.change { $0.jobs.append(job) }
    }

    /// Waits for the jobs that were submitted and ends the threads. Not to be called from a job.
    package func stop() {
        queue.change { $0.stopping = true }
        let ended = threads.change { threads in
            defer { threads = [] }
            return threads
        }
        for thread in ended { pthread_join(thread, nil) }
    }

    private static func work(on queue: Monitor<Queue>, count: Int, state: State) {
        let barrier = Barrier(limit: count)
        let team = Team(limit: count) { body in fork(body, over: queue, barrier: barrier) }
        while true {
            switch nextDuty(queue) {
            case .job(let job):
                job(state, team)
                queue.change { $0.running -= 1 }
            case .help(let invitation):
                invitation.body(invitation.share)
                invitation.share.wait()
            case .leave: return
            }
        }
    }

    private static func nextDuty(_ queue: Monitor<Queue>) -> Duty {
        var slept = false
        return queue.wait { queue in
            let duty: Duty? =
                if let invitation = queue.invitations.popLast() {
                    .help(invitation)
                } else if !queue.jobs.isEmpty {
                    .job(queue.jobs.removeFirst())
                } else {
                    queue.stopping && queue.running == 0 ? .leave : nil
                }
            if case .job = duty { queue.running += 1 }
            if slept != (duty == nil) {
                queue.sleeping += slept ? -1 : 1
                slept.toggle()
            }
            return duty
        }
    }

    private static func fork(_ body: @escaping (Share) -> Void, over queue: Monitor<Queue>, barrier: Barrier) {
        let lanes = queue.change { queue in
            let lanes = 1 + max(0, queue.spare)
            barrier.expect(lanes)
            for index in 1..<lanes {
                let share = Share(index: index, count: lanes, barrier: barrier)
                queue.invitations.append(Invitation(body: body, share: share))
            }
            return lanes
        }
        let share = Share(index: 0, count: lanes, barrier: barrier)
        body(share)
        share.wait()
    }
}
