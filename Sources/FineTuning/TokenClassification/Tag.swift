/// What a word is in an entity: `B-person`, `I-person`, `O` …
package struct Tag: Hashable, Sendable {
    package enum Role: String, Sendable {
        case outside = "O"
        case begin = "B"
        case inside = "I"
        case end = "E"
        case single = "S"
    }

    package let role: Role
    /// Empty outside of entities, and where a file has entities of one kind without a name (`B`, `I`).
    package let type: String

    package static let outside = Tag(role: .outside, type: "")

    package init(role: Role, type: String) {
        self.role = role
        self.type = type
    }

    /// nil for what is neither `O` nor one of B, I, E, S with or without a type after a hyphen.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let role = Role(rawValue: String(parts[0])), parts.count == 1 || role != .outside && !parts[1].isEmpty
        else { return nil }
        self.role = role
        type = parts.count == 1 ? "" : String(parts[1])
    }

    package var text: String { type.isEmpty ? role.rawValue : "\(role.rawValue)-\(type)" }
}
