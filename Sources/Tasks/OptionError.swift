/// An option that nothing can be done with.
package enum OptionError: Error, Equatable, Sendable {
    case unknownName(field: String, expected: [String], found: String)
    case tooSmall(field: String, least: Int, found: Int)
    case tooLong(field: String, longest: Int, found: Int)
    /// A value of the wrong type or outside its range; `expected` says both in words.
    case badValue(field: String, expected: String, found: String)
    /// A setting that no task has.
    case unknownSetting(found: String, nearest: String?)
    /// A setting that only other kinds of tasks have.
    case foreignSetting(field: String, task: String, kinds: [String])
    /// Two settings that say the same thing, under one name or under synonyms.
    case givenTwice(field: String, names: [String])

    /// The option's name on the wire.
    package var field: String {
        switch self {
        case .unknownName(let field, _, _), .tooSmall(let field, _, _), .tooLong(let field, _, _),
            .badValue(let field, _, _), .unknownSetting(let field, _), .foreignSetting(let field, _, _),
            .givenTwice(let field, _):
            field
        }
    }
}

extension OptionError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownName(let field, let expected, let found):
            let hint = Spelling.nearest(to: found, among: expected).map { "; did you mean '\($0)'?" } ?? ""
            return "\(field): expected one of \(Self.list(expected)), found '\(Spelling.excerpt(found))'\(hint)"
        case .tooSmall(let field, let least, let found):
            return "\(field): expected at least \(least), found \(found)"
        case .tooLong(let field, let longest, let found):
            return "\(field): expected at most \(longest) bytes, found \(found)"
        case .badValue(let field, let expected, let found):
            return "\(field): expected \(expected), found '\(Spelling.excerpt(found))'"
        case .unknownSetting(let found, let nearest):
            let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
            return "no hyper-parameter is called '\(Spelling.excerpt(found))'\(hint)"
        case .foreignSetting(let field, let task, let kinds):
            return "\(field): the task '\(task)' has no such setting, only \(Self.list(kinds)) has"
        case .givenTwice(let field, let names):
            return "\(field): expected it once, found \(Self.list(names))"
        }
    }

    private static func list(_ names: [String]) -> String {
        names.map { "'\(Spelling.excerpt($0))'" }.joined(separator: ", ")
    }
}
