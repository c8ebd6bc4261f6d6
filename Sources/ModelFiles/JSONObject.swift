package import Foundation

/// The members of a JSON object in a file, read by name and type; every error names file and field.
package struct JSONObject: Sendable {
    package let file: String
    /// Where the object lies in the file: empty, or a field's name and a point.
    let prefix: String
    package let members: [String: JSONValue]

    package init(_ value: JSONValue, file: String, field: String? = nil) throws(ModelFileError) {
        guard case .object(let members) = value else {
            throw .field(file: file, field: field ?? "(the whole file)", expected: "an object", found: "\(value)")
        }
        self.file = file
        self.prefix = field.map { $0 + "." } ?? ""
        self.members = members
    }

    package init(parsing text: Data, file: String) throws(ModelFileError) {
        try self.init(JSONValue(parsing: text, file: file), file: file)
    }

    /// The member, where it is there and not null.
    package func value(_ field: String) -> JSONValue? {
        guard let value = members[field], value != .null else { return nil }
        return value
    }

    package func wrong(_ field: String, expected: String) -> ModelFileError {
        guard let found = members[field] else {
            return .missingField(file: file, field: prefix + field, expected: expected)
        }
        return .field(file: file, field: prefix + field, expected: expected, found: "\(found)")
    }

    package func integer(_ field: String, in range: ClosedRange<Int>) throws(ModelFileError) -> Int {
        guard case .integer(let value)? = members[field], range.contains(value) else {
            throw wrong(field, expected: "an integer from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    package func string(_ field: String) throws(ModelFileError) -> String {
        guard case .string(let value)? = members[field] else { throw wrong(field, expected: "a string") }
        return value
    }

    package func optionalString(_ field: String) throws(ModelFileError) -> String? {
        try value(field) == nil ? nil : string(field)
    }

    /// That a string which is there is `expected`.
    func require(_ expected: String, _ field: String) throws(ModelFileError) {
        guard let value = value(field) else { return }
        guard value == .string(expected) else { throw wrong(field, expected: "\"\(expected)\"") }
    }

    package func bool(_ field: String, default absent: Bool) throws(ModelFileError) -> Bool {
        guard let value = value(field) else { return absent }
        guard case .bool(let bool) = value else { throw wrong(field, expected: "true or false") }
        return bool
    }

    /// A part from 0 up to, and not, 1; nil where the member is not there.
    func rate(_ field: String) throws(ModelFileError) -> Double? {
        switch value(field) {
        case nil: return nil
        case .integer(0)?: return 0
        case .number(let rate)? where rate >= 0 && rate < 1: return rate
        default: throw wrong(field, expected: "a number from 0 up to, and not, 1")
        }
    }

    package func object(_ field: String) throws(ModelFileError) -> JSONObject {
        guard let value = members[field] else { throw wrong(field, expected: "an object") }
        return try JSONObject(value, file: file, field: prefix + field)
    }

    /// A list of whole numbers from 0.
    func sizes(_ field: String) throws(ModelFileError) -> [Int] {
        guard case .array(let values)? = members[field] else { throw wrong(field, expected: "a list of integers") }
        var sizes: [Int] = []
        for value in values {
            guard case .integer(let size) = value, size >= 0 else {
                throw .field(file: file, field: prefix + field, expected: "integers from 0", found: "\(value)")
            }
            sizes.append(size)
        }
        return sizes
    }

    /// Refuses every member that is neither in `known` nor null, by name.
    func refuseAllBut(_ known: Set<String>) throws(ModelFileError) {
        guard let field = members.keys.sorted().first(where: { !known.contains($0) && value($0) != nil }) else {
            return
        }
        throw wrong(field, expected: "only \(known.sorted().joined(separator: ", "))")
    }
}
