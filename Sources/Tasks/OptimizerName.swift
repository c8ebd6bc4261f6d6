/// How gradients become changes of the parameters.
package enum OptimizerName: String, NamedChoice {
    /// The seed's: Adam without bias correction, weight decay times the learning rate.
    case bertadam
    /// Adam with bias correction and decoupled weight decay (Loshchilov and Hutter 2019).
    case adamw
    /// Adam (Kingma and Ba 2015); weight decay is added to the gradient.
    case adam

    /// What is added to the root of the second moment unless a setting says otherwise.
    package var usualEpsilon: Double {
        switch self {
        case .bertadam: 1e-6
        case .adamw, .adam: 1e-8
        }
    }

    package static let synonyms: [String: OptimizerName] = [
        "bert-adam": .bertadam, "adam-w": .adamw, "adamw-torch": .adamw, "adamw-hf": .adamw,
    ]
}
