import Foundation
import ModelFiles

/// The folder where a run keeps its checkpoints, a bounded number of them, and the parameters of its best step.
///
///     WORK/checkpoint-80/  checkpoint-120/   the last two, and the best one
///     WORK/best.safetensors                  the same file as the best one's parameters
struct CheckpointFolder {
    /// Kept besides the best.
    private static let kept = 2

    let url: URL

    /// Removes what an earlier process left half done.
    init(_ url: URL) {
        self.url = url
        for name in names where name.hasPrefix(".") { remove(name) }
    }

    var bestWeights: URL { url.appending(path: Checkpoint.bestFile) }

    private var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
    }

    /// Writes a checkpoint and then removes those that are no longer needed.
    ///
    /// - Parameters:
    ///   - model: what makes the folder a model: `config.json` and the tokenizer's files
    ///   - moments: none where nothing is left to be trained, for they are two thirds of the bytes
    /// - Returns: the checkpoint's folder
    func write(
        _ state: RunState, times: RunTimes, plan: RunPlan, model: ModelShell, parameters: [Numbers], moments: [Numbers]
    ) throws(FineTuningError) -> URL {
        let destination = url.appending(path: Checkpoint.name(step: state.step))
        do {
            let folder = try FolderWriter(destination)
            try model.write(to: folder)
            try folder.write(parameters.map(\.output), to: Checkpoint.weightsFile)
            if !moments.isEmpty { try folder.write(moments.map(\.output), to: Checkpoint.optimizerFile) }
            try folder.write(state.json(plan).file, to: RunState.file)
            try folder.write(plan.arguments.file, to: RunPlan.argumentsFile)
            if let best = state.best, best.step != state.step {
                try folder.link(bestWeights, to: Checkpoint.bestFile)
            }
            let sizes = folder.sizes.mapValues(JSONValue.integer)
            try folder.write(times.json.file, to: RunTimes.file)
            try folder.write(JSONValue.object(["files": .object(sizes)]).file, to: Checkpoint.completenessFile)
            try folder.commit()
            if state.best?.step == state.step {
                try FolderWriter.relink(destination.appending(path: Checkpoint.weightsFile), as: bestWeights)
            }
        } catch {
            throw FineTuningError(error)
        }
        prune(best: state.best?.step)
        return destination
    }

    /// Takes the best parameters of a run that is continued here.
    func adopt(_ checkpoint: Checkpoint) throws(FineTuningError) {
        guard let source = checkpoint.bestWeights else { return }
        do {
            try FolderWriter.copy(source, as: bestWeights)
        } catch {
            throw FineTuningError(error)
        }
    }

    private func prune(best: Int?) {
        let prefix = Checkpoint.name(step: 0).dropLast()
        let steps = names.compactMap { $0.hasPrefix(prefix) ? Int($0.dropFirst(prefix.count)) : nil }.sorted()
        for step in steps.dropLast(Self.kept) where step != best { remove(Checkpoint.name(step: step)) }
    }

    private func remove(_ name: String) { try? FileManager.default.removeItem(at: url.appending(path: name)) }
}
