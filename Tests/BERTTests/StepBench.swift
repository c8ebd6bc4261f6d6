import BERT
import Foundation
import Tensors
import Testing

private let wanted = ProcessInfo.processInfo.environment["BERTD_BENCH_STEP"]

/// Times a training step of a real architecture with random weights, and what it is made of. Asked for by
/// `BERTD_BENCH_STEP=base|minilm`; Tests/Benchmarks/training_step.py runs it beside torch. In a release build only.
@Suite(.enabled(if: wanted != nil, "set BERTD_BENCH_STEP to base or minilm"), .serialized) struct StepBench {
    private static func number(_ name: String, or other: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? other
    }

    static func configuration() -> BERTConfiguration {
        let isBase = wanted != "minilm"
        return BERTConfiguration(
            vocabularySize: 30522, hiddenSize: isBase ? 768 : 384, layerCount: isBase ? 12 : 6, headCount: 12,
            intermediateSize: isBase ? 3072 : 1536, maximumPositions: 512, typeVocabularySize: 2,
            layerNormEpsilon: 1e-12, activation: .gelu)
    }

    @Test func wholeStep() throws {
        let configuration = Self.configuration()
        let (count, tokens) = (Self.number("BERTD_BENCH_BATCH", or: 32), Self.number("BERTD_BENCH_TOKENS", or: 128))
        let lanes = try Lanes(count: Self.number("BERTD_BENCH_LANES", or: LaneCount.available)) { _ in 0 }
        lanes.submit { _, team in
            guard let kernels = try? Kernels.select() else { return }
            let model = TrainingModel(
                configuration, head: .sequence(labels: 2),
                dropout: DropoutRates(hidden: 0.1, attention: 0.1, head: 0.1), kernels: kernels, seed: 1
            ) { _ in nil }
            var batch = PackedBatch()
            for example in 0..<count {
                batch.append(ids: (0..<tokens).map { Int32(($0 * 37 + example * 101) % 30000) })
            }
            let targets = (0..<count).map { Target.label($0 % 2) }
            var seconds: [Double] = []
            var cpu: [Double] = []
            for step in 0..<1 + Self.number("BERTD_BENCH_COUNT", or: 3) {
                let (start, startCPU) = (ContinuousClock.now, clock())
                model.clearGradients(team: team)
                _ = model.accumulate(
                    batch, targets: targets, firstExample: 0, step: step, scale: 1 / Float(count),
                    objective: Objective(), team: team)
                model.parametersChanged(team: team)
                seconds.append((ContinuousClock.now - start) / .seconds(1))
                cpu.append(Double(clock() - startCPU) / Double(CLOCKS_PER_SEC))
            }
            let planned = TrainingModel.byteCount(configuration, head: model.head, tokens: batch.tokenCount)
            print(
                """
                {"step_seconds": \(seconds.dropFirst().min() ?? 0), "cpu_seconds": \(cpu.dropFirst().min() ?? 0), \
                "peak_mib": \(Self.peakMiB), "held_mib": \(model.byteCount >> 20), "planned_mib": \(planned >> 20)}
                """)
        }
        lanes.stop()
    }

    @Test func kindsOfWork() throws {
        let table = StepTable(
            Self.configuration(), count: Self.number("BERTD_BENCH_BATCH", or: 32),
            length: Self.number("BERTD_BENCH_TOKENS", or: 128), kernels: try Kernels.select())
        print(table.text)
    }

    /// The greatest resident size so far: the line `VmHWM:   123456 kB`.
    private static var peakMiB: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
        return (line.flatMap { Int($0.filter(\.isNumber)) } ?? 0) / 1024
    }
}
