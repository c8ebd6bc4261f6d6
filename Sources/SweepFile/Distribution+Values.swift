import Glibc
import Sweep

extension Distribution {
    /// One that a trial may have: the least, the first of a list, or the middle where there is no least.
    var example: ParameterValue {
        switch self {
        case .constant, .categorical, .integerUniform, .uniform, .logUniform, .inverseLogUniform: value(at: 0)
        case .normal(let mean, _, let step): Self.rounded(mean, step)
        case .logNormal(let mean, _, let step): Self.rounded(exp(mean), step)
        case .beta: value(at: 0.5)
        }
    }

    private static func rounded(_ number: Double, _ step: Double?) -> ParameterValue {
        .number(step.map { (number / $0).rounded() * $0 } ?? number)
    }

    /// The largest whole number that is drawn.
    var mostWhole: Int? {
        switch self {
        case .categorical(let values, _): values.compactMap(\.whole).max()
        default: value(at: 1).double.flatMap { Int(exactly: $0.rounded()) }
        }
    }
}
