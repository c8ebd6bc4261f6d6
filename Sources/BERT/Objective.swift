/// How an example's outputs and its target make a loss.
///
/// An example with a label or a value has a loss of its own. The loss of its tokens is a sum over the counted ones times
/// `tokenLossFactor`: whoever knows the counts of the whole step makes a mean of it.
package struct Objective: Sendable, Equatable {
    /// ε of (1 - ε) CE(target) + ε / C · Σ CE(label) (Szegedy et al. 2016, §7), for labels and tags, not for spans.
    package var labelSmoothing: Float
    /// What a label's cross-entropy is multiplied by: of the sequence labels, or of the tags where those are all.
    package var classWeights: [Float]?
    /// Of a regression: factor · (output - value)². 1 is torch's, 0.5 is Gluon's L2Loss.
    package var squaredErrorFactor: Float
    package var tokenLossFactor: Float

    package init(
        labelSmoothing: Float = 0, classWeights: [Float]? = nil, squaredErrorFactor: Float = 1,
        tokenLossFactor: Float = 1
    ) {
        self.labelSmoothing = labelSmoothing
        self.classWeights = classWeights
        self.squaredErrorFactor = squaredErrorFactor
        self.tokenLossFactor = tokenLossFactor
    }
}
