/// An option that nothing can be done with.
package enum OptionError: Error, Equatable, Sendable {
    case unknownName(field: String, expected: [String], found: String)
    case tooSmall(field: String, least: Int, found: Int)
    case tooLong(field: String, longest: Int, found: Int)

    /// The option's name on the wire.
    package var field: String {
        switch self {
        case .unknownName(let field, _, _), .tooSmall(let field, _, _), .tooLong(let field, _, _): field
        }
    }
}

extension OptionError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownName(let field, let expected, let found):
            let names = expected.map { "'\($0)'" }.joined(separator: ", ")
            let hint = Spelling.nearest(to: found, among: expected).map { "; did you mean '\($0)'?" } ?? ""
            return "\(field): expected one of \(names), found '\(Spelling.excerpt(found))'\(hint)"
        case .tooSmall(let field, let least, let found):
            return "\(field): expected at least \(least), found \(found)"
        case .tooLong(let field, let longest, let found):
            return "\(field): expected at most \(longest) bytes, found \(found)"
        }
    }
}
