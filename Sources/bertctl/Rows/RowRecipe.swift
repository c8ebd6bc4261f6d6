package import Messages

/// What is to be done with every row of a run, by which model, and the names of its jobs.
package struct RowRecipe {
    package let work: RowWork
    /// With its version: "the latest" may be another one tomorrow.
    package let model: ModelReference
    package let priority: Priority
    package let rowsPerJob: Int

    package init(_ work: RowWork, model: ModelReference, priority: Priority, rowsPerJob: Int) {
        self.work = work
        self.model = model
        self.priority = priority
        self.rowsPerJob = rowsPerJob
    }

    /// Jobs are cut before their texts exceed this, so that a job is shared by several lanes and a command stays small.
    package static let bytesPerJob = 1 << 20

    /// The group of a run: the same for the same beginning of the same work.
    package func group(startingWith rows: [InputRow], of clientID: Identifier) throws(MessageError) -> Identifier {
        try name(rows, of: clientID, group: try Identifier("-"), salt: "\(rowsPerJob)")
    }

    /// The command for some rows.
    ///
    /// Its id is the digest of all else in it, of where the rows stand and of the attempt: the same command given twice
    /// is the same job, and equal rows in two places are two.
    package func command(
        _ rows: [InputRow], firstRow: Int, attempt: Int, of clientID: Identifier, group: Identifier
    ) throws(MessageError) -> Command {
        let id = try name(rows, of: clientID, group: group, salt: "\(firstRow)/\(attempt)")
        return command(rows, JobAddress(clientID: clientID, group: group, jobID: id))
    }

    private func name(
        _ rows: [InputRow], of clientID: Identifier, group: Identifier, salt: String
    ) throws(MessageError) -> Identifier {
        let address = JobAddress(clientID: clientID, group: group, jobID: try Identifier("-"))
        return try JobName.of(command(rows, address), prefix: work.prefix, salt: salt)
    }

    private func command(_ rows: [InputRow], _ address: JobAddress) -> Command {
        Command(address: address, priority: priority, body: .work(work.work(on: rows, by: model)))
    }
}
