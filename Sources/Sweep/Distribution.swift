/// What the values of a parameter are drawn from: the distributions of W&B's sweep schema, all bounds in real units.
package enum Distribution: Sendable, Hashable, Codable {
    case constant(ParameterValue)
    /// Without probabilities all values are equally likely.
    case categorical([ParameterValue], probabilities: [Double]?)
    /// Both bounds included.
    case integerUniform(ClosedRange<Int>)
    case uniform(ClosedRange<Double>, step: Double?)
    /// The logarithm is uniform (`log_uniform_values`; `log_uniform` gives the bounds as exponents of e).
    case logUniform(ClosedRange<Double>, step: Double?)
    /// The logarithm of the reciprocal is uniform: `inv_log_uniform_values`.
    case inverseLogUniform(ClosedRange<Double>)
    case normal(mean: Double, deviation: Double, step: Double?)
    /// The logarithm is normal.
    case logNormal(mean: Double, deviation: Double, step: Double?)
    case beta(a: Double, b: Double, step: Double?)
}
