import Sweep

/// Values as YAML writes them.
enum YAMLScalar {
    static func of(_ value: ParameterValue) -> String {
        switch value {
        case .text(let text): self.text(text)
        case .integer, .number, .flag: value.description
        }
    }

    /// A setting, which is a number or a flag where it reads as one.
    static func setting(_ setting: String) -> String {
        Bool(setting) != nil || ParameterValue.number(setting) != nil ? setting : text(setting)
    }

    /// Plain where nothing can be misread, else in quotation marks.
    static func text(_ text: String) -> String {
        isPlain(text) ? text : "\"\(text.unicodeScalars.map(escaped).joined())\""
    }

    private static func isPlain(_ text: String) -> Bool {
        let isLetter = { (byte: UInt8) in (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
        guard let first = text.utf8.first, isLetter(first) else { return false }
        guard text.utf8.allSatisfy({ isLetter($0) || "0123456789-_./@".utf8.contains($0) }) else { return false }
        return !["true", "false", "yes", "no", "on", "off", "null"].contains(text.lowercased())
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\t": return "\\t"
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        default: return String(scalar)
        }
    }
}
