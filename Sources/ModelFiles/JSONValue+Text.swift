package import Foundation

extension JSONValue {
    /// On one line, members in the order of their names.
    package var text: String { text(indent: nil) }

    /// As a file: two spaces a level, members in the order of their names, a line feed at the end, as Hugging Face writes it.
    package var file: Data { Data((text(indent: "") + "\n").utf8) }

    private func text(indent: String?) -> String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): "\(value)"
        // Shortest digits that read back as the same number; what JSON has no number for is null.
        case .number(let value): value.isFinite ? "\(value)" : "null"
        case .string(let value): Self.quoted(value)
        case .array(let values): Self.list("[", values.map { $0.text(indent: indent.map { $0 + "  " }) }, "]", indent)
        case .object(let members):
            Self.list(
                "{",
                members.sorted { $0.key < $1.key }.map {
                    "\(Self.quoted($0.key)): \($0.value.text(indent: indent.map { $0 + "  " }))"
                }, "}", indent)
        }
    }

    private static func list(_ open: String, _ parts: [String], _ close: String, _ indent: String?) -> String {
        guard let indent, !parts.isEmpty else { return open + parts.joined(separator: ", ") + close }
        return "\(open)\n\(parts.map { "\(indent)  \($0)" }.joined(separator: ",\n"))\n\(indent)\(close)"
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case let scalar where scalar.value < 0x20 || scalar.value == 0x7F:
                quoted += "\\u" + String(0x10000 + scalar.value, radix: 16).dropFirst()
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
