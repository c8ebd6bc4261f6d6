/// What the protocol allows, in one place. Protos/README.md lists the same numbers.
public enum Limits {
    /// The one protocol that this version speaks.
    public static let protocolVersion = 1
    /// A longer command frame is rejected; larger inputs go in by `Put`.
    public static let maxCommandBytes = 4 << 20
    /// Between `maxCommandBytes` and this a command is answered; above it libzmq cuts the peer.
    public static let maxFrameBytes = 16 << 20
    /// Texts of one command.
    public static let maxRows = 100_000
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
