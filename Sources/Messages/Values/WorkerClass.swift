/// What a worker process does.
public enum WorkerClass: String, CaseIterable, Sendable, OpenWord {
    case inference
    /// A word of a newer peer.
    case unrecognised
}
