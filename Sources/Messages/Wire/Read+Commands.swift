import CMessages
import CProtobufC

/// The parts that commands have in common.
extension Read {
    /// The texts of a command: at least one, at most `Limits.maxRows`.
    ///
    /// - Parameter isStrict: whether all have to be UTF-8
    static func texts(
        _ count: Int, _ values: UnsafeMutablePointer<ProtobufCBinaryData>?, _ field: String, isStrict: Bool
    ) throws(MessageError) -> [Text] {
        try checkRows(count, field)
        let texts = list(count, values).map { Text(bytes: bytes($0)) }
        if isStrict { try checkUTF8(texts, field) }
        return texts
    }

    static func checkRows(_ count: Int, _ field: String) throws(MessageError) {
        guard count <= Limits.maxRows else {
            throw .tooLarge(field: field, expected: "at most \(Limits.maxRows)", found: "\(count)")
        }
        guard count > 0 else { throw .field(field, expected: "at least one", found: "none") }
    }

    static func checkUTF8(_ texts: [Text], _ field: String) throws(MessageError) {
        if let index = texts.firstIndex(where: { !$0.isValidUTF8 }) { throw .invalidUTF8(field: "\(field)[\(index)]") }
    }

    /// A number of things, of which there is at least one.
    static func count(
        _ present: protobuf_c_boolean, _ value: some FixedWidthInteger, _ field: String, upTo limit: Int = largestNumber
    ) throws(MessageError) -> Int? {
        guard let count = try number(present, value, field) else { return nil }
        guard (1...limit).contains(count) else {
            throw .field(field, expected: "a number from 1 to \(limit)", found: "\(count)")
        }
        return count
    }

    static func finite(
        _ present: protobuf_c_boolean, _ value: Double, _ field: String
    ) throws(MessageError) -> Double? {
        guard present != 0 else { return nil }
        guard value.isFinite else { throw .field(field, expected: "a finite number", found: "\(value)") }
        return value
    }

    /// A short string that names something: a task, a column, a setting.
    static func word(
        _ present: protobuf_c_boolean, _ value: ProtobufCBinaryData, _ field: String
    ) throws(MessageError) -> String? {
        guard present == 0 || value.len <= Limits.maxWordBytes else {
            throw .tooLarge(field: field, expected: "at most \(Limits.maxWordBytes) bytes", found: "\(value.len)")
        }
        return try string(present, value, field)
    }

    static func dataFiles(
        _ count: Int, _ values: UnsafeMutablePointer<UnsafeMutablePointer<Bertd__DataFile>?>?
    ) throws(MessageError) -> [DataFile] {
        guard (1...Limits.maxDataFiles).contains(count) else {
            throw .field("data", expected: "1 to \(Limits.maxDataFiles) files", found: "\(count)")
        }
        return try messages(count, values)
    }

    static func settings(
        _ count: Int, _ values: UnsafeMutablePointer<UnsafeMutablePointer<Bertd__Setting>?>?
    ) throws(MessageError) -> [Setting] {
        guard count <= Limits.maxSettings else {
            throw .field("settings", expected: "at most \(Limits.maxSettings)", found: "\(count)")
        }
        for value in list(count, values) {
            if let value { try onlyKnownFields(value.pointee.base, "settings") }
        }
        let settings: [Setting] = try messages(count, values)
        for setting in settings {
            let byteCount = max(setting.name.utf8.count, setting.value.utf8.count)
            guard byteCount <= Limits.maxWordBytes else {
                throw .tooLarge(
                    field: "settings", expected: "at most \(Limits.maxWordBytes) bytes each", found: "\(byteCount)")
            }
        }
        return settings
    }
}
