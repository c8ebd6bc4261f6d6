package import Messages

/// What the journal keeps of a run beside what it keeps of every job.
package struct RunRecord: Sendable, Equatable {
    /// What each of the command's data files meant when the job was accepted, in their order.
    package var data: [ModelBinding]
    /// The result is to be this name's next version.
    package var name: ModelName?
    /// The checkpoint of an earlier job that it begins with.
    package var startFrom: Digest?
    /// The last one that is on disk.
    package var checkpoint: Checkpoint?
    /// The model that it made.
    package var result: ModelReference?

    package init(data: [ModelBinding], name: ModelName? = nil, startFrom: Digest? = nil) {
        self.data = data
        self.name = name
        self.startFrom = startFrom
    }
}
