import Client
import Foundation
import Messages
import Sweep
import SweepController
import SweepFile
import Tasks

/// A planned sweep with its data: what becomes a definition once they are in the service.
struct SweepDraft {
    private let plan: SweepPlan
    private let columns: ColumnNames
    private let settings: [String: String]
    private let name: String
    private let sources: TrainingSources
    private let tests: TrainingSources
    private let base: ModelReference

    /// - Parameters:
    ///   - fixed: `name=value`, over those of the plan
    ///   - file: that the plan was read from
    init(_ plan: SweepPlan, fixed: [String], columns: ColumnNames, file: String?, name: String?) throws {
        self.plan = plan
        self.columns = ColumnNames(
            text: columns.text ?? plan.base[.text], text2: columns.text2 ?? plan.base[.text2],
            label: columns.label ?? plan.base[.label])
        var settings = plan.fixed
        for setting in try TrainingArguments.settings([], fixed, of: plan.task) {
            settings[setting.name] = setting.value
        }
        for parameter in plan.space.parameters where settings[parameter.name] != nil {
            throw Failure.usage("'\(parameter.name)' is searched, and given with --set too")
        }
        self.settings = settings
        base = try ModelReference(plan.base[.model] ?? "")
        sources = try TrainingSources(train: plan.base[.data], dev: plan.base[.dev])
        tests = try TrainingSources(test: plan.base[.test])
        let stem = file.map { URL(filePath: $0).deletingPathExtension().lastPathComponent }
        let data = try sources.all.first?.source.defaultName().string
        self.name = try ModelName(name ?? plan.name.flatMap(Self.name) ?? stem.flatMap(Self.name) ?? data ?? "").string
    }

    /// What may be called a sweep, of what people call one.
    private static func name(_ words: String) -> String? {
        let allowed = words.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" }
        return (try? ModelName(String(allowed.prefix(64))))?.string
    }

    /// Sends the data, and says what the sweep is.
    func definition(
        _ client: Client, trials: Int?, keep: Int, maxParallel: Int?, deadline: Date?
    ) throws -> SweepDefinition {
        let model = try client.resolve(base)
        let files = try sources.send(to: client, for: plan.task, roles: [.train, .dev, .devMismatched])
        let testFiles = try tests.all.isEmpty ? [] : tests.send(to: client, for: plan.task, roles: [.test])
        var study = plan.definition(trials: trials ?? Self.usualTrials)
        if let trials { study.trials = trials }
        if study.sampler == .grid, let points = plan.space.gridCount { study.trials = min(study.trials, points) }
        study.keep = keep
        study.maxParallel = maxParallel ?? study.maxParallel
        let options = try FineTuningOptions(
            task: plan.task, settings: settings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        study.epochs = Double(options.epochs)
        return SweepDefinition(
            name: name, summary: plan.description, task: plan.task.rawValue, model: model.reference.description,
            files: files.map(Self.file), testFiles: testFiles.map(Self.file),
            columns: .init(text: columns.text, text2: columns.text2, label: columns.label), settings: settings,
            metric: plan.metric.rawValue, study: study, deadline: deadline, made: Date())
    }

    private static let usualTrials = 24

    private static func file(_ file: DataFile) -> SweepDefinition.File {
        .init(role: file.role, data: file.data.description, path: file.path)
    }
}
