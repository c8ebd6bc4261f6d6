import Messages

/// Ids that derive from content, so that the same command given twice is the same job.
enum JobName {
    /// - Parameters:
    ///   - command: with `-` for its own id
    ///   - salt: tells apart jobs of equal content
    static func of(_ command: Command, prefix: String, salt: String) throws(MessageError) -> Identifier {
        var hasher = Digest.Hasher()
        hasher.update(command.encoded())
        hasher.update(Array("/\(salt)".utf8))
        return try Identifier("\(prefix)-" + hasher.finish().hex.prefix(32))
    }
}
