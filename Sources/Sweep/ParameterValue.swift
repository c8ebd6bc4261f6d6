/// What a parameter may be set to.
package enum ParameterValue: Sendable, Hashable, Codable {
    case integer(Int)
    case number(Double)
    case text(String)
    case flag(Bool)
}

extension ParameterValue {
    /// Nil for what is not one.
    package var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .text, .flag: nil
        }
    }
}

extension ParameterValue: CustomStringConvertible {
    /// As a hyper-parameter's setting spells it.
    package var description: String {
        switch self {
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .text(let value): value
        case .flag(let value): "\(value)"
        }
    }
}
