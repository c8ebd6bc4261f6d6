import Foundation
import Sweep
import Testing

private let isWanted = ProcessInfo.processInfo.environment["BERTD_BENCH_STUDY"] != nil

/// What a decision costs as a study grows: time and memory of ten thousand simulated trials. In a release build.
@Suite(.enabled(if: isWanted, "set BERTD_BENCH_STUDY"), .serialized) struct StudyBench {
    @Test(arguments: [SamplerName.random, .tpe], [PrunerName.asha, .hyperband])
    func tenThousandTrials(sampler: SamplerName, pruner: PrunerName) {
        var definition = StudyTests.definition(pruner, trials: 10_000, sampler: sampler)
        definition.space = SearchSpace([
            Parameter("x", .uniform(0...1, step: nil)), Parameter("y", .logUniform(1e-5...1e-2, step: nil)),
            Parameter("z", .categorical([.integer(8), .integer(16), .integer(32)], probabilities: nil)),
        ])
        var simulation = Simulation(definition)
        var random = SplitMix(seed: 1)
        var marks: [(trials: Int, microseconds: Double, mebibytes: Double)] = []
        var (spent, decisions) = (Duration.zero, 0)
        simulation.begin(limit: 8)
        while simulation.isOpen {
            simulation.endOne(&random)
            let start = ContinuousClock.now
            simulation.begin(limit: 8)
            spent += .now - start
            decisions += 1
            if simulation.study.trials.count >= (marks.count + 1) * 1000 {
                marks.append(
                    (simulation.study.trials.count, spent / .microseconds(1) / Double(decisions), Self.resident))
                (spent, decisions) = (.zero, 0)
            }
        }
        for mark in marks {
            print(
                "\(sampler.rawValue) \(pruner.rawValue): \(mark.trials) trials, \(mark.microseconds) µs a decision, \(mark.mebibytes) MiB"
            )
        }
    }

    private static var resident: Double {
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
        return Double(pages.flatMap { $0.count > 1 ? Int($0[1]) : nil } ?? 0) * 4096 / 1_048_576
    }
}
