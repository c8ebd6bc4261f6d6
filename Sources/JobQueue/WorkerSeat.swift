package import Messages

/// A worker at the broker's table: what it is, what it holds and how much more it may be given.
package struct WorkerSeat: Sendable {
    /// The address of its socket on the work ROUTER.
    package typealias Address = [UInt8]

    package var hello: Hello
    package var address: Address
    package var lastHeard: ContinuousClock.Instant
    /// Digests of the models in its memory.
    package var models: Set<Digest>
    /// Models that it has refused since it said hello.
    package var refused: Set<Digest> = []
    /// It said goodbye or returned rows: it gets no more.
    package var isDraining = false
    /// It failed runs one after another: it gets no more.
    package var isBarred = false
    /// Estimated tokens out on lease, by class: bulk work never uses up the credit of interactive work.
    package var leasedTokens: [Priority: Int] = [:]
    package var fences: Set<Fence> = []
    /// Leases it holds of each job.
    package var leasesOfJob: [Identifier: Int] = [:]
    /// How many jobs it may hold at once, as its most suspect job demands.
    package var company = Suspicion.none.company
    /// Whether the last lease it was given was of a strong suspect.
    package var hadSuspectLast = false

    package init(hello: Hello, address: Address, at now: ContinuousClock.Instant) {
        self.hello = hello
        self.address = address
        self.lastHeard = now
        self.models = Set(hello.models)
    }

    /// Whether a job may join those that it holds; a strong suspect gets one lease at a time.
    func admits(_ job: JobRecord) -> Bool {
        if job.suspicion == .strong { return fences.isEmpty }
        return leasesOfJob.count + (leasesOfJob[job.id] == nil ? 1 : 0) <= min(company, job.suspicion.company)
    }

    /// Whether it does such work, has not refused the model, and is not barred.
    func serves(_ job: JobRecord) -> Bool {
        hello.workerClass == job.workerClass && !refused.contains(job.model.digest) && !isBarred
    }

    /// What it may still be given of a line; a training worker has one job at a time, whatever it has of credit.
    func freeTokens(for line: LineName) -> Int {
        guard hello.workerClass == line.workerClass, !isDraining, !isBarred else { return 0 }
        if line.workerClass == .training { return fences.isEmpty ? 1 : 0 }
        return hello.creditTokens - leasedTokens[line.priority, default: 0]
    }

    mutating func take(_ fence: Fence, of job: JobRecord, tokens: Int, _ priority: Priority) {
        fences.insert(fence)
        leasedTokens[priority, default: 0] += tokens
        leasesOfJob[job.id, default: 0] += 1
        company = min(company, job.suspicion.company)
        hadSuspectLast = job.suspicion == .strong
    }

    mutating func giveUp(_ fence: Fence, _ lease: OpenLease) {
        guard fences.remove(fence) != nil else { return }
        leasedTokens[lease.priority, default: 0] -= lease.tokens
        if let count = leasesOfJob[lease.job] { leasesOfJob[lease.job] = count > 1 ? count - 1 : nil }
    }
}
