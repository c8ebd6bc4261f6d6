import Foundation
import Testing

@testable import Sweep

@Suite struct NormalAndBetaTests {
    @Test func normalQuantilesInvertTheCumulativeFunction() {
        for p in [1e-15, 1e-6, 0.02, 0.31, 0.5, 0.77, 0.999, 1 - 1e-9] {
            let x = StandardNormal.quantile(p)
            #expect(abs(StandardNormal.cumulative(x) / p - 1) < 1e-12, "\(p)")
        }
        #expect(abs(StandardNormal.quantile(0.975) - 1.959963984540054) < 1e-12)
    }

    @Test func massInTheUpperTailKeepsItsDigits() {
        #expect(abs(StandardNormal.mass(from: 9, to: 10) / StandardNormal.mass(from: -10, to: -9) - 1) < 1e-12)
    }

    /// Where the incomplete beta function is a polynomial or a known function.
    @Test func betaIsWhatItsClosedFormsSay() {
        for x in [0.001, 0.1, 0.3, 0.5, 0.8, 0.999] {
            #expect(abs(BetaFunction(a: 1, b: 1).cumulative(x) - x) < 1e-12)
            #expect(abs(BetaFunction(a: 3, b: 1).cumulative(x) - x * x * x) < 1e-12)
            #expect(abs(BetaFunction(a: 1, b: 4).cumulative(x) - (1 - pow(1 - x, 4))) < 1e-12)
            #expect(abs(BetaFunction(a: 0.5, b: 0.5).cumulative(x) - 2 / .pi * asin(x.squareRoot())) < 1e-10)
            #expect(abs(BetaFunction(a: 800, b: 800).cumulative(0.5) - 0.5) < 1e-9)
            let beta = BetaFunction(a: 2, b: 3)
            #expect(abs(beta.quantile(beta.cumulative(x)) - x) < 1e-9)
        }
    }
}
