import Foundation
package import Tasks

/// The learning rate of every step: a linear warm-up, and what comes after it.
///
///     rate ┤    ╱╲            steps s count from 0, and the rate is taken before the step:
///          │   ╱   ╲          s < W:  rate · s / W
///          │  ╱      ╲        s ≥ W:  rate · f((s - W) / (N - W)),  f(x) = 1 - x, ½(1 + cos πx), or 1
///          └─┴────────┴──
///            W        N
///
/// So the first step of a warm-up changes nothing but the optimizer's moments, and the last step of a decay is still a
/// little one: GluonNLP's classifier and transformers count so. GluonNLP's other scripts count from 1, which moves the curve
/// by one step; one rule for all tasks was preferred. The rate is never negative, which it was at the end of the seed's
/// runs, whose N was less than the steps they took.
package struct Schedule: Sendable, Equatable {
    package let peak: Double
    package let shape: ScheduleShape
    package let warmupSteps, totalSteps: Int

    package init(peak: Double, shape: ScheduleShape, warmupSteps: Int, totalSteps: Int) {
        self.peak = peak
        self.shape = shape
        self.warmupSteps = warmupSteps
        self.totalSteps = totalSteps
    }

    /// - Parameter step: from 0
    package func rate(_ step: Int) -> Double {
        guard step >= warmupSteps else { return peak * Double(step) / Double(warmupSteps) }
        let part = min(1, Double(step - warmupSteps) / Double(max(1, totalSteps - warmupSteps)))
        return switch shape {
        case .linear: peak * (1 - part)
        case .cosine: peak * (1 + cos(Double.pi * part)) / 2
        case .constant: peak
        }
    }
}
