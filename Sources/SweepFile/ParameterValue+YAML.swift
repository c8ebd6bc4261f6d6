import Sweep
import Yams

extension ParameterValue {
    /// What a scalar stands for; nil for nothing (`~`, `null` or an empty one).
    ///
    /// As the YAML 1.1 of W&B's files has it, but that `1e-5` is a number there only with a point.
    init?(_ scalar: Node.Scalar) {
        let string = scalar.string
        guard scalar.style == .plain else {
            self = .text(string)
            return
        }
        switch string.lowercased() {
        case "", "~", "null": return nil
        case "true", "yes", "on": self = .flag(true)
        case "false", "no", "off": self = .flag(false)
        default: self = Self.number(string) ?? .text(string)
        }
    }

    /// A number as YAML writes it, `.inf` and `.nan` with it; nil for everything else.
    static func number(_ string: String) -> ParameterValue? {
        switch string.lowercased() {
        case ".inf", "+.inf": return .number(.infinity)
        case "-.inf": return .number(-.infinity)
        case ".nan": return .number(.nan)
        default: break
        }
        let digits = string.filter { $0 != "_" }
        guard string.first != "_", digits.contains(where: \.isNumber) else { return nil }
        // What Swift takes besides, as 0x1p3 and nan, is text.
        guard digits.allSatisfy({ "0123456789.eE+-".contains($0) }) else { return nil }
        return Int(digits).map { .integer($0) } ?? Double(digits).map { .number($0) }
    }

    var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .text, .flag: nil
        }
    }

    /// `3.0` is a whole number too.
    var whole: Int? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int(exactly: value)
        case .text, .flag: nil
        }
    }
}
