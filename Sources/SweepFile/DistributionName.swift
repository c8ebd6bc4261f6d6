/// The distributions of W&B's sweep schema, with the keys that each of them has.
enum DistributionName: String, CaseIterable {
    case constant, categorical
    case weightedCategorical = "categorical_w_probabilities"
    case integerUniform = "int_uniform"
    case uniform
    case quantizedUniform = "q_uniform"
    /// The bounds are exponents of e, here and in the two below.
    case logUniform = "log_uniform"
    case quantizedLogUniform = "q_log_uniform"
    case inverseLogUniform = "inv_log_uniform"
    case logUniformValues = "log_uniform_values"
    case quantizedLogUniformValues = "q_log_uniform_values"
    case inverseLogUniformValues = "inv_log_uniform_values"
    case normal
    case quantizedNormal = "q_normal"
    case logNormal = "log_normal"
    case quantizedLogNormal = "q_log_normal"
    case beta
    case quantizedBeta = "q_beta"

    var isQuantized: Bool { rawValue.hasPrefix("q_") }

    /// Whether the bounds are exponents.
    var takesExponents: Bool { [.logUniform, .quantizedLogUniform, .inverseLogUniform].contains(self) }

    var requiredKeys: [String] {
        switch self {
        case .constant: ["value"]
        case .categorical: ["values"]
        case .weightedCategorical: ["values", "probabilities"]
        case .integerUniform, .uniform, .quantizedUniform, .logUniform, .quantizedLogUniform, .inverseLogUniform,
            .logUniformValues, .quantizedLogUniformValues, .inverseLogUniformValues:
            ["min", "max"]
        case .normal, .quantizedNormal, .logNormal, .quantizedLogNormal, .beta, .quantizedBeta: []
        }
    }

    var optionalKeys: [String] {
        let own: [String] =
            switch self {
            case .categorical: ["probabilities"]
            case .normal, .quantizedNormal, .logNormal, .quantizedLogNormal: ["mu", "sigma"]
            case .beta, .quantizedBeta: ["a", "b"]
            default: []
            }
        return isQuantized ? own + ["q"] : own
    }

    /// What is meant where no distribution is named, as W&B infers it.
    init(inferredFrom section: Section) throws(PlacedFault) {
        if section["value"] != nil {
            self = .constant
        } else if section["values"] != nil {
            self = section["probabilities"] == nil ? .categorical : .weightedCategorical
        } else if let least = section["min"], let most = section["max"], section["q"] == nil {
            self = least.isInteger && most.isInteger ? .integerUniform : .uniform
        } else {
            let found = section.keys.isEmpty ? "nothing" : "only \(section.keys.prefix(8).joined(separator: ", "))"
            let expected = "value, values, min and max, or a distribution with its keys"
            throw Placed(.missing(of: section.name, expected: expected, found: found), at: section.place)
        }
    }
}
