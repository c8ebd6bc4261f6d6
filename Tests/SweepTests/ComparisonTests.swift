import Foundation
import Testing

@testable import Sweep

/// TPE and the Gaussian process find as good points in 100 trials as Optuna's, by medians over seeds: optuna.json, and the
/// table in README.md. Twenty seeds where `BERTD_TEST_ALL` is set.
@Suite struct ComparisonTests {
    private struct Reference: Decodable {
        struct Function: Decodable {
            struct Result: Decodable {
                let values: [Double]
                let median: Double?
            }

            let checks: [Double]
            let random: Result
            let tpe: Result
            let gp: Result
        }

        let trials: Int
        let functions: [String: Function]

        static func load() throws -> Reference {
            let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "optuna.json")
            return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
        }
    }

    private static let isLong = ProcessInfo.processInfo.environment["BERTD_TEST_ALL"] != nil
    #if DEBUG
        private static let isOptimized = false
    #else
        private static let isOptimized = true
    #endif

    /// How much of what Optuna gains over random search a median may fall short by. A sampler that learns nothing falls
    /// short by all of it; medians of few seeds differ more from one set of seeds to the next.
    private static let margin = isLong ? 0.1 : 0.25

    @Test(arguments: BenchmarkFunction.allCases) func functionIsThatOfTheScript(_ function: BenchmarkFunction) throws {
        let checks = try #require(try Reference.load().functions[function.rawValue]).checks
        for (point, expected) in zip(function.checks, checks) {
            #expect(abs(function.value(at: point) - expected) <= 1e-9 * max(1, abs(expected)))
        }
    }

    @Test(arguments: BenchmarkFunction.allCases) func randomSearchIsAsGoodAsOptunas(
        _ function: BenchmarkFunction
    ) throws {
        let reference = try #require(try Reference.load().functions[function.rawValue])
        let values = best(function, .random, seeds: 20)
        let spread = reference.random.values.sorted()
        let (low, high) = (spread[spread.count / 10], spread[spread.count * 9 / 10])
        #expect(low <= median(values) && median(values) <= high, "\(values)")
    }

    @Test(
        .enabled(if: isLong || isOptimized, "takes long without optimization"), arguments: BenchmarkFunction.allCases)
    func treeParzenIsAsGoodAsOptunas(_ function: BenchmarkFunction) throws {
        try compare(function, .tpe, seeds: Self.isLong ? 20 : 10) { $0.tpe }
    }

    @Test(
        .enabled(if: isLong || isOptimized, "takes long without optimization"), arguments: BenchmarkFunction.allCases
    )
    func gaussianProcessIsAsGoodAsOptunas(_ function: BenchmarkFunction) throws {
        try compare(function, .gaussianProcess, seeds: Self.isLong ? 20 : 1) { $0.gp }
    }

    private func compare(
        _ function: BenchmarkFunction, _ sampler: SamplerName, seeds: Int,
        with result: (Reference.Function) -> Reference.Function.Result
    ) throws {
        let reference = try #require(try Reference.load().functions[function.rawValue])
        let optunas = try #require(result(reference).median)
        let randoms = try #require(reference.random.median)
        let values = best(function, sampler, seeds: seeds)
        let found = median(values)
        let short = (found - optunas) / (randoms - optunas)
        let line = "\(function) \(sampler), \(seeds) seeds: \(found), Optuna's \(optunas), random \(randoms): \(short)"
        if Self.isLong { print(line) }
        #expect(short <= Self.margin, "\(line) \(values)")
    }

    private func best(_ function: BenchmarkFunction, _ sampler: SamplerName, seeds: Int) -> [Double] {
        (0..<seeds).map { function.best(of: sampler, trials: 100, seed: UInt64($0)) }
    }

    private func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return 0.5 * (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2])
    }
}
