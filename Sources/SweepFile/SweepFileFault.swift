package import Tasks

/// Why a sweep's file cannot be run as it is.
package enum SweepFileFault: Error, Equatable, Sendable {
    case tooLarge(most: Int, found: Int)
    case notUTF8(byte: UInt8)
    /// The parser's own words.
    case notYAML(problem: String)
    case duplicateKey(found: String)
    /// A key or a name that is none of those that are known.
    case unknownName(of: String, expected: [String], found: String)
    case unknownHyperparameter(expected: [String], found: String, nearest: String?)
    case missing(of: String, expected: String, found: String)
    case badValue(of: String, expected: String, found: String)
    /// `least` is not below `most`.
    case bounds(of: String, least: String, most: String)
    /// A value that may be drawn and that the hyper-parameter does not take; `hint` says what may have been meant.
    case illegal(name: String, expected: String, found: String, hint: String?)
    /// A hyper-parameter that cannot be set so, as fine-tuning says it.
    case option(OptionError)
    /// Two keys that set the same thing.
    case givenTwice(name: String, found: [String])
    case continuousGrid(name: String, found: String)
    case withoutBase(flags: [String], found: String)
}

extension SweepFileFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLarge(let most, let found): "expected at most \(most) bytes, found \(found)"
        case .notUTF8(let byte): "expected UTF-8, found the byte \(byte) where no character begins"
        case .notYAML(let problem): "expected YAML: \(problem)"
        case .duplicateKey(let found): "expected each key once, found '\(Spelling.excerpt(found))' here and again below"
        case .unknownName(let name, let expected, let found):
            "\(name): expected one of \(expected.joined(separator: ", ")), found '\(Spelling.excerpt(found))'"
                + Self.hint(Spelling.nearest(to: found, among: expected))
        case .unknownHyperparameter(let expected, let found, let nearest):
            "expected a hyper-parameter ('bertctl finetune --list-settings' lists them) or one of "
                + "\(expected.joined(separator: ", ")), found '\(Spelling.excerpt(found))'" + Self.hint(nearest)
        case .missing(let name, let expected, let found), .badValue(let name, let expected, let found):
            "\(name): expected \(expected), found \(found)"
        case .bounds(let name, let least, let most): "\(name): expected min below max, found \(least) and \(most)"
        case .illegal(let name, let expected, let found, let hint):
            "\(name): expected \(expected), found \(found)" + (hint.map { "; \($0)" } ?? "")
        case .option(let error): error.description
        case .givenTwice(let name, let found):
            "\(name): expected it once, found \(found.map { "'\(Spelling.excerpt($0))'" }.joined(separator: " and "))"
        case .continuousGrid(let name, let found):
            "\(name): expected values, whole bounds or a q_ distribution in a grid, found \(found)"
        case .withoutBase(let flags, let found):
            "expected \(flags.joined(separator: " and ")), or fixed parameters of these names, found \(found)"
        }
    }

    private static func hint(_ nearest: String?) -> String { nearest.map { "; did you mean '\($0)'?" } ?? "" }
}
