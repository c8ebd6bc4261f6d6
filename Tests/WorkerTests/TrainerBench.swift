import Foundation
import Messages
import Store
import Synchronization
import Tensors
import TestSupport

@testable import Worker

/// A store with a tiny model and a table of sentences, and a trainer on it; goes with its folder.
final class TrainerBench {
    let state: URL
    let store: Store
    let model: Digest
    private let trainer: Trainer
    private let data: Digest

    init(
        in folder: URL? = nil, train: [String] = TrainerBench.rows(1..<65), dev: [String] = TrainerBench.rows(100..<124)
    ) throws {
        state = folder ?? URL.temporaryDirectory.appending(path: "bertd-trainer-\(UUID().uuidString)")
        store = try Store(folder: state.appending(path: "store"))
        let source = state.appending(path: "source")
        try TinyModel.write(to: source.appending(path: "model"))
        model = try store.adopt(folder: source.appending(path: "model")).digest
        let tables = source.appending(path: "data")
        try FileManager.default.createDirectory(at: tables, withIntermediateDirectories: true)
        for (name, rows) in [("train.csv", train), ("dev.csv", dev)] {
            try Data((["text,label"] + rows).joined(separator: "\n").utf8).write(to: tables.appending(path: name))
        }
        data = try store.adopt(folder: tables).digest
        trainer = try Trainer(stateFolder: state, id: Identifier("trainer"), kernels: Kernels.select())
    }

    /// Sentences of seeded letters, labelled by whether they hold more vowels than others.
    static func rows(_ seeds: Range<Int>) -> [String] {
        seeds.map { seed in
            var random = Seeded(UInt64(seed))
            let letters = (0..<Int.random(in: 3...12, using: &random)).map { _ in
                "abcdeijou".randomElement(using: &random) ?? "a"
            }
            let text = letters.map(String.init).joined(separator: " ")
            return "\(text),\(letters.count { "aeiou".contains($0) } * 2 > letters.count ? "soft" : "hard")"
        }
    }

    func lease(
        _ settings: [String: String] = [:], resume: Digest? = nil, change: (inout FineTune) -> Void = { _ in }
    ) throws -> Lease {
        let standard = [
            "epochs": "4", "batch_size": "8", "learning_rate": "0.001", "max_length": "16", "seed": "3",
        ]
        var fineTune = FineTune(
            model: try ModelReference("tiny"), task: "classification",
            data: try ["train", "dev"].map { try DataFile(role: $0, data: .digest(data), path: "\($0).csv") },
            settings: standard.merging(settings) { $1 }.sorted { $0.key < $1.key }.map {
                Messages.Setting(name: $0.key, value: $0.value)
            },
            name: try ModelName("toy"))
        change(&fineTune)
        return try lease(.fineTune(fineTune), model: model, resume: resume)
    }

    func lease(_ work: Work, model: Digest, resume: Digest? = nil) throws -> Lease {
        Lease(
            fence: Fence(rawValue: 1), jobID: try Identifier("job"), firstRow: 0, priority: .bulk, model: model,
            work: work, resumeFrom: resume)
    }

    /// The labels of the dev set judged by a model.
    func evaluation(of model: Digest) throws -> Lease {
        try lease(
            .evaluate(
                Evaluate(
                    model: try ModelReference("toy"),
                    data: [try DataFile(role: "dev", data: .digest(data), path: "dev.csv")])), model: model)
    }

    /// Performs a lease on lanes of its own.
    ///
    /// - Parameter hear: answers each piece of news with an order
    func perform(
        _ lease: Lease, lanes: Int = 1, hear: @escaping @Sendable (RunNews) -> RunOrders.Order = { _ in .goOn }
    ) throws -> RunEnd {
        let lanes = try Lanes(count: lanes) { _ in }
        let end = Mutex<RunEnd?>(nil)
        let trainer = trainer
        lanes.submit { _, team in
            let orders = RunOrders()
            let line = RunLine(orders: orders) { news in
                let order = hear(news)
                if order != .goOn { orders.give(order) }
            }
            let done = trainer.perform(lease, team, line)
            end.withLock { $0 = done }
        }
        lanes.stop()
        guard let end = end.withLock({ $0 }) else { throw NoEnd() }
        return end
    }

    /// The result of a run that must finish, and what it had told.
    func finish(_ lease: Lease, lanes: Int = 1) throws -> RunResult {
        let end = try perform(lease, lanes: lanes)
        guard case .finished(let result, _) = end else { throw Unexpected(end) }
        return result
    }

    /// Trains in stretches: each is stopped at its n-th piece of news, and the next resumes from its last checkpoint.
    func finishInStretches(of news: [Int], lanes: Int) throws -> RunResult {
        var resume: Digest?
        for count in news {
            let heard = Mutex((count: 0, last: Digest?.none))
            let end = try perform(lease(resume: resume), lanes: lanes) { news in
                heard.withLock { heard in
                    heard.count += 1
                    if case .checkpoint(let saved) = news { heard.last = saved.manifest.digest }
                    return heard.count < count ? .goOn : .leave
                }
            }
            resume = heard.withLock { $0.last } ?? resume
            switch end {
            case .finished(let result, _): return result
            case .unfinished(.returned, _): continue
            case .unfinished: throw Unexpected(end)
            }
        }
        return try finish(lease(resume: resume), lanes: lanes)
    }

    /// The digest of a file of a folder.
    static func digest(of path: String, in manifest: Manifest?) -> Digest? {
        manifest?.files.first { $0.path == path }?.digest
    }

    deinit { try? FileManager.default.removeItem(at: state) }

    struct NoEnd: Error {}

    struct Unexpected: Error, CustomStringConvertible {
        let description: String
        init(_ end: RunEnd) { description = "\(end)" }
    }
}
