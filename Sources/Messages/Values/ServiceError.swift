import CMessages

/// Why the service did not do something: proto `Error`.
public struct ServiceError: Swift.Error, Equatable, CustomStringConvertible {
    public let code: ErrorCode
    /// One sentence: what was expected, what was found.
    public let message: String
    /// The field of the command or request at fault.
    public let field: String?
    public let isRetryable: Bool
    public let retryAfter: Duration?
    /// The file of a model or data set at fault, and its line.
    public let file: String?
    public let line: Int?

    public init(
        _ code: ErrorCode, _ message: String, field: String? = nil, retryAfter: Duration? = nil, file: String? = nil,
        line: Int? = nil
    ) {
        self.code = code
        self.message = message
        self.field = field
        isRetryable = code.isRetryable
        self.retryAfter = retryAfter
        self.file = file
        self.line = line
    }

    /// `invalid: field 'model': expected a name, found none`
    public var description: String {
        var place = ""
        if let file { place += "\(file):" }
        if let line { place += "\(line):" }
        if !place.isEmpty { place += " " }
        if let field { place += "field '\(field)': " }
        return "\(code.rawValue): \(place)\(message)"
    }
}

extension ServiceError: WireMessage {
    init(_ wire: Bertd__Error) throws(MessageError) {
        code = Read.word(wire.has_code, wire.code) ?? .unrecognised
        message = try Read.string(wire.has_message, wire.message, "error.message") ?? ""
        field = try Read.string(wire.has_field, wire.field, "error.field")
        isRetryable = Read.bool(wire.has_retryable, wire.retryable) ?? code.isRetryable
        retryAfter = Read.milliseconds(wire.has_retry_after_ms, wire.retry_after_ms)
        file = try Read.string(wire.has_file, wire.file, "error.file")
        line = try Read.number(wire.has_line, wire.line, "error.line")
    }

    func write(to wire: inout Bertd__Error, _ arena: Arena) {
        arena.put(code.rawValue, &wire.has_code, &wire.code)
        arena.put(message, &wire.has_message, &wire.message)
        arena.put(field, &wire.has_field, &wire.field)
        arena.put(isRetryable, &wire.has_retryable, &wire.retryable)
        arena.put(milliseconds: retryAfter, &wire.has_retry_after_ms, &wire.retry_after_ms)
        arena.put(file, &wire.has_file, &wire.file)
        arena.put(line, &wire.has_line, &wire.line)
    }
}
