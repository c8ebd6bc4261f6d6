import FineTuning
import Tasks
import Testing

@Suite struct ScheduleTests {
    private func rates(_ shape: ScheduleShape, warmup: Int, total: Int) -> [Double] {
        let schedule = Schedule(peak: 1, shape: shape, warmupSteps: warmup, totalSteps: total)
        return (0..<total).map(schedule.rate)
    }

    @Test func theRateRisesFromZeroAndFallsInALine() {
        #expect(rates(.linear, warmup: 4, total: 8) == [0, 0.25, 0.5, 0.75, 1, 0.75, 0.5, 0.25])
        #expect(rates(.linear, warmup: 0, total: 4) == [1, 0.75, 0.5, 0.25])
    }

    @Test func aCosineIsHalfwayDownInTheMiddle() {
        let rates = rates(.cosine, warmup: 2, total: 6)
        let expected = [0, 0.5, 1, 0.853553390593, 0.5, 0.146446609407]
        for (rate, expected) in zip(rates, expected) { #expect(abs(rate - expected) < 1e-12) }
    }

    @Test func aConstantStaysAtThePeak() {
        #expect(rates(.constant, warmup: 2, total: 5) == [0, 0.5, 1, 1, 1])
    }

    @Test(arguments: ScheduleShape.allCases) func theRateIsNeverNegative(_ shape: ScheduleShape) {
        let schedule = Schedule(peak: 3e-5, shape: shape, warmupSteps: 3, totalSteps: 10)
        for step in 0..<30 { #expect((0...3e-5).contains(schedule.rate(step)), "step \(step)") }
        #expect(Schedule(peak: 1, shape: shape, warmupSteps: 5, totalSteps: 5).rate(4) == 0.8)
    }
}
