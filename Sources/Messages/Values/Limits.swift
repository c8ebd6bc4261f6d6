/// What the protocol allows, in one place. Protos/README.md lists the same numbers.
public enum Limits {
    /// The one protocol that this version speaks.
    public static let protocolVersion = 1
    /// A longer command frame is rejected; larger inputs go in by `Put`.
    public static let maxCommandBytes = 4 << 20
    /// Between `maxCommandBytes` and this a command is answered; above it libzmq cuts the peer.
    public static let maxFrameBytes = 16 << 20
    /// Texts, or questions, of one command.
    public static let maxRows = 100_000
    /// Answers to one question.
    public static let maxAnswers = 100
    /// Files that a run reads.
    public static let maxDataFiles = 16
    /// Hyper-parameters of a run.
    public static let maxSettings = 256
    /// The name of a task, a role, a column or a hyper-parameter, or the value of one.
    public static let maxWordBytes = 1024
    /// A sentence that a run has to say.
    public static let maxNoteBytes = 4096
    /// A larger tensor does not travel with its event; it is fetched.
    public static let inlineResultBytes = 256 << 10
    /// Bytes of one `Put`.
    public static let maxPutBytes = 1 << 20
    /// Tensor bytes of one page of a `Fetch`. One row may exceed it, if it alone is longer.
    public static let pageBytes = 1 << 20
    /// An identifier or the name of a model.
    public static let maxIdentifierBytes = 128
    /// A file's path in a manifest.
    public static let maxPathBytes = 1024
    /// Events of one page of a `Replay`.
    public static let maxReplayEvents = 1000
    public static let defaultListedJobs = 100
    public static let maxListedJobs = 1000
    /// How long a `Fetch` may wait for its first row.
    public static let maxFetchWait: Duration = .seconds(60)
}
