import Glibc

/// The logits of one choice and the place of their gradient.
struct LogitRow {
    let logits: UnsafePointer<Float>
    let gradient: UnsafeMutablePointer<Float>
    let count, stride: Int

    init(logits: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>, count: Int, stride: Int) {
        self.logits = UnsafePointer(logits)
        self.gradient = gradient
        self.count = count
        self.stride = stride
    }

    /// factor · Σ a(c) (-log p(c)), with a(c) = w(c) ((1 - ε) [c is the target] + ε / C); writes scale times its gradient.
    func crossEntropy(
        _ target: Int, smoothing: Double, weights: [Float]?, factor: Double, scale: Double
    ) -> Double {
        precondition(target >= 0 && target < count, "a target \(target) of \(count)")
        precondition(weights == nil || weights?.count == count, "\(weights?.count ?? 0) class weights of \(count)")
        let greatest = (0..<count).reduce(-Double.infinity) { max($0, logit($1)) }
        let sum = (0..<count).reduce(0) { $0 + exp(logit($1) - greatest) }
        func share(_ label: Int) -> Double {
            (weights.map { Double($0[label]) } ?? 1)
                * ((label == target ? 1 - smoothing : 0) + smoothing / Double(count))
        }
        let total = (0..<count).reduce(0) { $0 + share($1) }
        var loss = 0.0
        for label in 0..<count {
            let distance = logit(label) - greatest - log(sum)
            loss -= share(label) * distance
            gradient[label * stride] = Float(scale * factor * (exp(distance) * total - share(label)))
        }
        return factor * loss
    }

    private func logit(_ label: Int) -> Double { Double(logits[label * stride]) }
}
