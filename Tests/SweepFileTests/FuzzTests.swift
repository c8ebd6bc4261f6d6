import Sweep
import SweepFile
import TestSupport
import Testing

/// A file that was damaged is read or refused, and never ends the program.
@Suite struct FuzzTests {
    /// Pieces that stand in files of this kind, and some that stand in none.
    private static let pieces = [
        "method", "grid", ":", ": ", "\n", "\n  ", "- ", "[", "]", "{", "}", "&a ", "*a", "!!str ", "? ", "|\n", ">\n",
        "\"", "'", "#", "%YAML 1.1\n", "---\n", "...\n", "~", ".nan", ".inf", "1e308", "-1e308", "1e-320", "0", "-1",
        "9223372036854775807", "-9223372036854775808", "99999999999999999999", "q_uniform", "log_uniform", "normal",
        "min: ", "max: ", "q: ", "values: ", "parameters: ", "<<", "\t", "\r\n", "\u{85}", "\u{2028}", "\u{FEFF}", "é",
        "\0", "\u{7}",
    ].map { Array($0.utf8) }

    private static func mutated(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0...1, using: &random) {
            let start = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, start + Int.random(in: 0...6, using: &random))
            switch Int.random(in: 0...9, using: &random) {
            case 0: bytes.removeSubrange(start..<end)
            case 1: bytes.replaceSubrange(start..<end, with: pieces.randomElement(using: &random) ?? [])
            case 2: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: start)
            case 3: bytes.insert(contentsOf: bytes[start..<end], at: Int.random(in: 0...bytes.count, using: &random))
            case 4: if start < bytes.count { bytes[start] = UInt8.random(in: 0...255, using: &random) }
            default:
                // Another digit leaves YAML, and often a plan.
                let digits = bytes.indices.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[$0]) }
                guard let index = digits.randomElement(using: &random) else { break }
                bytes[index] = UInt8(ascii: "0") + UInt8.random(in: 0...9, using: &random)
            }
        }
        return bytes
    }

    @Test(arguments: UInt64(0)..<8) func aDamagedFileIsReadOrRefused(seed: UInt64) throws {
        var random = Seeded(seed)
        let whole = PlanFileTests.distributions.enumerated().map { index, line in
            let keys = line.0.hasPrefix("{") ? line.0 : "{\(line.0)}"
            return
                "method: random\nparameters:\n  task: {value: qa}\n  null_threshold: \(keys)\n  epochs: {values: [1, 9]}\n"
                + "metric: {name: loss, goal: minimize}\nearly_terminate: {type: hyperband, max_iter: 9, s: 2}\n"
                + "run_cap: \(index + 1)\nx-sampler: tpe\nx-seed: 3\n"
        }
        let seeds = whole + [PlanFileTests.fileOfWandB, try SweepPlan.paper(base: [:]).commentedYAML]
        var refused = 0
        for index in 0..<375 {
            let bytes = Self.mutated(Array(seeds[index % seeds.count].utf8), &random)
            do {
                try check(try PlanFile.read(bytes, path: "x").plan)
            } catch let error as SweepFileError {
                refused += 1
                #expect(error.faults.allSatisfy { ($0.place?.line ?? 0) > 0 && ($0.place?.column ?? 0) > 0 })
            }
        }
        #expect((75...325).contains(refused), "\(refused) of 375 were refused")
    }

    /// A plan that is good is drawn from, and read again from what is written of it.
    private func check(_ plan: SweepPlan) throws {
        for parameter in plan.space.parameters {
            _ = (parameter.distribution.value(at: 0), parameter.distribution.value(at: 1))
        }
        let text = plan.commentedYAML
        let again = try #require(try? planFile(text).plan, "\(text)")
        #expect(again == plan, "\(text)")
    }

    @Test func filesCutAtEveryLengthAreReadOrRefused() {
        let bytes = Array(PlanFileTests.fileOfWandB.utf8)
        for count in bytes.indices { _ = try? PlanFile.read(Array(bytes[..<count]), path: "x") }
    }

    @Test(arguments: ["[", "{a: ", "- ", "? "]) func deepNestingIsRefused(opening: String) {
        let text = "parameters: " + String(repeating: opening, count: 100_000)
        #expect(faults(of: text) != nil)
    }

    /// Each group names the one before twice: a billion parameters in thirty lines.
    @Test(arguments: ["{values: [1, 2]}", "{parameters: {}}", "3"]) func aliasesThatMultiplyAreRefused(first: String) {
        let groups = (1...30).map { index in
            "  g\(index): &g\(index) {parameters: {a: *g\(index - 1), b: *g\(index - 1)}}\n"
        }
        let text = "method: random\nparameters:\n  epochs: &g0 \(first)\n" + groups.joined()
        let error = #expect(throws: SweepFileError.self) { try planFile(text) }
        let expected = SweepFileFault.badValue(of: "parameters", expected: "at most 1000 parameters", found: "more")
        #expect(error?.faults.contains { $0.subject == expected } == true)
    }
}
