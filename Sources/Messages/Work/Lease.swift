import CMessages

/// The right to do some rows of a job, or its run, until it runs out unrenewed.
package struct Lease: Equatable, Sendable {
    package var fence: Fence
    package var jobID: Identifier
    package var firstRow: Int
    package var priority: Priority
    /// Of the model's manifest.
    package var model: Digest
    /// With these rows alone, and data sets by their digests.
    package var work: Work
    /// Of a run: its last recorded checkpoint.
    package var resumeFrom: Digest?

    package init(
        fence: Fence, jobID: Identifier, firstRow: Int, priority: Priority, model: Digest, work: Work,
        resumeFrom: Digest? = nil
    ) {
        self.fence = fence
        self.jobID = jobID
        self.firstRow = firstRow
        self.priority = priority
        self.model = model
        self.work = work
        self.resumeFrom = resumeFrom
    }
}

extension Lease: WireMessage {
    init(_ wire: Bertd__Lease) throws(MessageError) {
        fence = Fence(rawValue: try Read.present(wire.has_fence, wire.fence).required("fence"))
        jobID = try Read.identifier(wire.has_job_id, wire.job_id, "job_id").required("job_id")
        firstRow = try Read.number(wire.has_first_row, wire.first_row, "first_row").required("first_row")
        priority = Read.bool(wire.has_interactive, wire.interactive) ?? false ? .interactive : .bulk
        model = try Read.digest(wire.has_model, wire.model, "model").required("model")
        work = try Work(Read.pointee(wire.work, "work")).required("work")
        resumeFrom = try Read.digest(wire.has_resume_from, wire.resume_from, "resume_from")
    }

    func write(to wire: inout Bertd__Lease, _ arena: Arena) {
        arena.put(fence.rawValue, &wire.has_fence, &wire.fence)
        arena.put(jobID.string, &wire.has_job_id, &wire.job_id)
        arena.put(firstRow, &wire.has_first_row, &wire.first_row)
        arena.put(priority == .interactive, &wire.has_interactive, &wire.interactive)
        arena.put(model, &wire.has_model, &wire.model)
        wire.work = arena.make(Bertd__Command.self) { work.write(to: &$0, arena) }
        arena.put(resumeFrom, &wire.has_resume_from, &wire.resume_from)
    }
}
