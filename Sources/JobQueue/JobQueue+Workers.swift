package import Messages

extension JobQueue {
    /// A worker introduces itself, for the first time or after it lost the connection.
    ///
    /// Leases that it says it holds and that are its own stay; others it held are handed out again. A new nonce under a
    /// known name means that the process before it is gone.
    package mutating func welcome(
        _ hello: Hello, at address: WorkerSeat.Address, beat: Duration, now: ContinuousClock.Instant
    ) -> [Action] {
        var actions: [Action] = []
        var held: Set<Fence> = []
        for seat in seats.values where seat.hello.workerID == hello.workerID {
            if seat.hello.nonce == hello.nonce {
                held = seat.fences.intersection(hello.held)
                for fence in seat.fences.subtracting(held).inOrder { returnLease(fence) }
                seats[seat.address] = nil
            } else if seat.lastHeard + beat * 2 > now {
                // Alive a moment ago: two workers share a name, or one was started again by hand. Nobody was killed.
                actions += dismiss(seat.address)
            } else {
                actions += lose(seat.address)
            }
        }
        var seat = WorkerSeat(hello: hello, address: address, at: now)
        for fence in held {
            leases[fence]?.worker = address
            leases[fence]?.deadline = now + configuration.lease
            guard let lease = leases[fence], let record = jobs[lease.job]?.record else { continue }
            seat.take(fence, of: record, tokens: lease.tokens, lease.priority)
        }
        if streaks[hello.workerID]?.nonce != hello.nonce { streaks[hello.workerID] = nil }
        seat.isBarred = streaks[hello.workerID]?.bars(configuration) ?? false
        seats[address] = seat
        unstrand()
        actions.append(.send(to: address, .welcome(WorkerWelcome(beat: beat, keep: held.inOrder))))
        actions.append(.tell(seat.event(.online)))
        if seat.isBarred { actions.append(.tell(seat.event(.barred))) }
        return actions
    }

    /// A worker is alive, and these leases are still being worked on.
    ///
    /// - Returns: nil when nobody of that address has said hello
    package mutating func renew(
        _ beat: Beat, from address: WorkerSeat.Address, at now: ContinuousClock.Instant
    ) -> [Action]? {
        guard seats[address]?.hello.nonce == beat.nonce else { return nil }
        seats[address]?.lastHeard = now
        seats[address]?.models = Set(beat.models)
        for fence in beat.fences where leases[fence]?.worker == address {
            leases[fence]?.deadline = now + configuration.lease
        }
        return []
    }

    /// A worker says goodbye: what it still holds goes back unpunished.
    package mutating func dismiss(_ address: WorkerSeat.Address) -> [Action] {
        guard let seat = seats[address] else { return [] }
        for fence in seat.fences.inOrder { returnLease(fence) }
        seats[address] = nil
        return [.tell(seat.event(.offline))]
    }

    /// The process of a worker is known to be dead.
    package mutating func lose(processID: Int, host: String) -> [Action] {
        seats.values.filter { $0.hello.host == host && $0.hello.processID == processID }
            .flatMap { lose($0.address) }
    }

    /// The machine slept, or this process was stopped: time in which nobody could renew anything does not count.
    package mutating func forgive(_ pause: Duration) {
        for address in seats.keys { seats[address]?.lastHeard += pause }
        for fence in leases.keys { leases[fence]?.deadline += pause }
    }

    /// Time passed: leases that nobody renewed run out, and workers that have gone silent are lost.
    package mutating func expire(at now: ContinuousClock.Instant) -> [Action] {
        var actions: [Action] = []
        for seat in seats.values where seat.lastHeard + configuration.lease <= now { actions += lose(seat.address) }
        let late = leases.filter { $0.value.deadline <= now }
        for (fence, lease) in late.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            counters.expiredLeases += 1
            returnLease(fence)
            actions.append(.send(to: lease.worker, .revoke([fence])))
        }
        return actions
    }

    /// Every job that the worker held rows of has lost one more; a job that has lost too many is dead.
    private mutating func lose(_ address: WorkerSeat.Address) -> [Action] {
        guard let seat = seats[address] else { return [] }
        counters.lostWorkers += 1
        let hit = Set(seat.fences.compactMap { leases[$0]?.job }).sorted { $0.string < $1.string }
        for fence in seat.fences.inOrder.reversed() {
            if let lease = leases[fence] { jobs[lease.job]?.suspect(lease.rows) }
            returnLease(fence)
        }
        seats[address] = nil
        var actions: [Action] = [.tell(seat.event(.offline))]
        if !hit.isEmpty { actions.append(.record(.countLoss(jobs: hit))) }
        for id in hit {
            jobs[id]?.record.lostWorkers += 1
            guard let lost = jobs[id]?.record.lostWorkers, lost >= configuration.lostWorkersLimit else { continue }
            let error = ServiceError(
                .lost, "\(lost) workers were lost while they held rows of this job, the limit is \(lost)")
            actions += end(id, .dead(error, lostWorkers: lost))
        }
        return actions
    }
}

extension WorkerSeat {
    func event(_ state: WorkerEvent.State) -> WorkerEvent {
        WorkerEvent(
            workerID: hello.workerID, state: state, workerClass: hello.workerClass, host: hello.host,
            processID: hello.processID, lanes: hello.lanes)
    }
}
