import CKernels

/// One step of an optimizer over the numbers of a parameter, each on its own: how they are cut between lanes changes
/// nothing.
package struct OptimizerStep: Sendable {
    package enum Rule: Sendable {
        /// w -= rate (m / (√v + ε) + decay · w), without bias correction: GluonNLP's BERTAdam.
        case bertAdam
        /// With bias correction and decoupled decay (Loshchilov and Hutter 2019, algorithm 2), as torch.
        case adamW
        /// With bias correction and decay added to the gradient (Kingma and Ba 2015, algorithm 1), as torch.
        case adam
    }

    private let rule: Rule
    private var step: ck_step

    /// - Parameters:
    ///   - number: counts steps from 1
    ///   - scale: multiplied into the gradient first
    package init(
        _ rule: Rule, number: Int, scale: Double, rate: Double, beta1: Double, beta2: Double, epsilon: Double
    ) {
        self.rule = rule
        step = ck_step(
            scale: Float(scale), rate: Float(rate), beta1: Float(beta1), beta2: Float(beta2), epsilon: Float(epsilon),
            decay: 0, correction1: Float(1 - power(beta1, number)),
            root_correction2: Float((1 - power(beta2, number)).squareRoot()))
    }

    /// Updates weights, first and second moments of equal length by the gradient.
    ///
    /// - Parameter decay: of these weights
    package func apply(
        decay: Double, weights: UnsafeMutableBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Float>,
        first: UnsafeMutableBufferPointer<Float>, second: UnsafeMutableBufferPointer<Float>
    ) {
        let count = weights.count
        precondition(
            gradient.count == count && first.count == count && second.count == count,
            "\(count) weights, \(gradient.count) gradients, moments of \(first.count) and \(second.count)")
        var step = step
        step.decay = Float(decay)
        guard let w = weights.baseAddress, let g = gradient.baseAddress, let m = first.baseAddress,
            let v = second.baseAddress
        else { return }
        switch rule {
        case .bertAdam: ck_bert_adam(&step, count, w, g, m, v)
        case .adamW: ck_adamw(&step, count, w, g, m, v)
        case .adam: ck_adam(&step, count, w, g, m, v)
        }
    }

    /// The sum of squares, in double, always added up in the same order.
    package static func sumOfSquares(_ values: UnsafeMutableBufferPointer<Float>) -> Double {
        values.baseAddress.map { ck_sum_of_squares($0, values.count) } ?? 0
    }
}

/// By repeated squaring: the same bits whatever mathematics library is there.
private func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
        if rest & 1 == 1 { result *= square }
        square *= square
        rest >>= 1
    }
    return result
}
