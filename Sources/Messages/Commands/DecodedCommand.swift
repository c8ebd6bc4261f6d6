/// What a frame on the command socket turned out to be.
package enum DecodedCommand: Equatable, Sendable {
    case command(Command)
    /// Not to be done, and its sender can be told so.
    case rejected(JobAddress, ServiceError)
    /// Nobody can be told. The reason quotes nothing of the frame.
    case garbage(String)
}
