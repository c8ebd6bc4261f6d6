/// A JSON value whose strings are compared by their bytes.
///
/// `tokenizer.json` is not read with Foundation: its dictionaries take canonically equivalent keys for one, and the
/// multilingual vocabulary has such keys.
package enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])

    /// The member of an object; nil for a missing one, for null and for anything that is no object.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self,
            let member = members.last(where: { $0.key.utf8.elementsEqual(key.utf8) })
        else { return nil }
        if case .null = member.value { return nil }
        return member.value
    }

    package var string: String? { if case .string(let string) = self { string } else { nil } }
    package var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
    package var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

    /// A number that is an id.
    var id: Int32? { if case .number(let number) = self { Int32(exactly: number) } else { nil } }

    /// What stands there, for a message: values in short, structures by kind.
    package var summary: String {
        switch self {
        case .null: "null"
        case .bool(let bool): "\(bool)"
        case .number(let number): "\(number)"
        case .string(let string): "'\(string.prefix(60))'"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
