/// Why something was not done, as a stable word: the one list for rejected and failed jobs, rows, and requests.
public enum ErrorCode: String, CaseIterable, Sendable, OpenWord {
    /// Breaks the form of the protocol, or asks for what no model can do.
    case invalid
    case invalidUTF8 = "invalid_utf8"
    /// Longer than a limit in `Limits`.
    case tooLarge = "too_large"
    /// Another protocol version, or work or a request that this server does not know.
    case unsupported
    case unknownModel = "unknown_model"
    /// No data set has this name, this version, this digest or this file.
    case unknownData = "unknown_data"
    case unknownJob = "unknown_job"
    /// A manifest names an object whose bytes are not in the store.
    case unknownObject = "unknown_object"
    /// The id is taken by other bytes, the offset is not where the object ends, the model is in use.
    case conflict
    /// Was there once; retention has removed it.
    case expired
    /// More is queued than the server takes.
    case overloaded
    /// The disk holds no more.
    case storageFull = "storage_full"
    /// A model's file, or stored bytes, are not what they should be.
    case damaged
    /// The loss or the gradients of a run are no numbers any more.
    case diverged
    /// Workers died of it, as often as the server tolerates.
    case lost
    /// A fault of the server.
    case `internal`
    case shuttingDown = "shutting_down"
    /// A word of a newer peer.
    case unrecognised

    /// Whether the same bytes sent again, later, may succeed.
    public var isRetryable: Bool {
        switch self {
        case .overloaded, .storageFull, .shuttingDown: true
        case .invalid, .invalidUTF8, .tooLarge, .unsupported, .unknownModel, .unknownData, .unknownJob, .unknownObject,
            .conflict,
            .expired, .damaged, .diverged, .lost, .internal, .unrecognised:
            false
        }
    }
}
