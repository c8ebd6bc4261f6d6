/// What a worker process does.
public enum WorkerClass: String, CaseIterable, Sendable, OpenWord {
    /// Rows of many jobs at once.
    case inference
    /// One whole job at a time.
    case training
    /// A word of a newer peer.
    case unrecognised
}
