import Foundation
import Tasks
import TestSupport
import Testing

@testable import FineTuning

/// Ids and types of real files, told apart by a number; the values are transformers', printed by generate_lengths.py.
@Suite struct RealExampleTests {
    private static let vocabulary = "vocab/bert-base-uncased-vocab.txt"

    @Test(
        .enabled(
            if: SharedData.has("glue/STS-B/dev.tsv") && SharedData.has(vocabulary), "\(SharedData.absent)"),
        arguments: [
            (TaskName.mrpc, "MRPC", 128, 15_136_554_178_105_842_239 as UInt64, 21723, 0, 86),
            (.mrpc, "MRPC", 40, 2_093_347_899_546_074_117, 15971, 334, 86),
            (.stsb, "STS-B", 128, 14_796_054_075_362_799_077, 47209, 0, 87),
            (.sst2, "SST-2", 24, 17_945_138_324_706_538_667, 17750, 436, 55),
        ])
    func examplesAreThoseOfTransformers(
        task: TaskName, name: String, length: Int, digest: UInt64, tokens: Int, cut: Int, longest: Int
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bertd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(at: SharedData.url(Self.vocabulary), to: folder.appending(path: "vocab.txt"))
        let file = SharedData.url("glue/\(name)/dev.tsv")
        let request = TrainingRequest(
            task: task, files: [.dev: file], columns: DataColumns(),
            options: try FineTuningOptions(task: task, settings: [("max_length", "\(length)")]),
            tokenizerFolder: folder,
            maximumPositions: 512, labels: OfficialLayout.of(task)?.labels)
        let examples = try request.open().evaluationSets[0].examples
        #expect(Self.digest(examples) == digest)
        #expect(examples.reduce(0) { $0 + $1.tokenCount } == tokens)
        #expect(examples.count { $0.droppedTokens > 0 } == cut)
        #expect(examples.map { $0.tokenCount + $0.droppedTokens }.max() == longest)
    }

    /// FNV-1a of 64 bits over the ids and types of all rows, eight bytes each and -1 after each row.
    private static func digest(_ examples: [Example]) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for example in examples {
            for (id, type) in zip(example.ids, example.types) {
                hash = (hash ^ UInt64(id) << 8 ^ UInt64(type)) &* 0x100_0000_01b3
            }
            hash = (hash ^ .max) &* 0x100_0000_01b3
        }
        return hash
    }
}
