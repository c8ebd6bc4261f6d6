import FineTuning
import Foundation
import Messages
import ModelFiles
import Store
import Tasks

/// What a run reads: its task, its options, and the files of its data and its model, found in this machine's store.
struct RunSetup {
    let name: TaskName
    let options: FineTuningOptions
    /// The model to begin with, or to judge.
    let model: URL
    let folder: ModelFolder
    let request: TrainingRequest
    /// What the data are for, and the names of their files.
    let sources: [CardFacts.Source]

    /// - Parameter judges: whether the model's own labels hold, not those of the data
    init(
        task: String?, settings: [Messages.Setting], data: [DataFile], columns: ColumnNames, model digest: Digest,
        store: URL, judges: Bool
    ) throws(LeaseFailure) {
        guard let model = Store.madeFolder(digest, in: store) else {
            throw LeaseFailure(
                .refused, ServiceError(.unknownModel, "model \(digest.hex) is not in \(store.path)", field: "model"))
        }
        do {
            folder = try ModelFolder(opening: model)
        } catch {
            throw LeaseFailure(.failed, ServiceError(opening: error))
        }
        let head = folder.head
        let trained = judges ? TrainedSettings(in: model) : nil
        do throws(OptionError) {
            name = try Self.name(task, trained, of: head)
            // What the model was trained with holds for judging it, but for a task of another kind.
            let own = trained?.task.kind == name.kind ? trained?.settings ?? [] : []
            options = try FineTuningOptions(
                task: name, settings: judges ? own : settings.map { (name: $0.name, value: $0.value) })
        } catch {
            throw LeaseFailure(.failed, ServiceError(.invalid, error.description, field: error.field))
        }
        let files = try Self.files(data, of: name, in: store)
        self.model = model
        sources = files.sorted { $0.key.rawValue < $1.key.rawValue }.map { role, file in
            CardFacts.Source(role: role.rawValue, source: file.lastPathComponent)
        }
        request = TrainingRequest(
            task: name, files: files,
            columns: DataColumns(text: columns.text, text2: columns.text2, label: columns.label), options: options,
            tokenizerFolder: folder.tokenizerFolder, maximumPositions: folder.configuration.maximumPositions,
            labels: judges ? head?.labels : nil, tokenLabels: judges ? head?.slotLabels : nil)
    }

    /// The task that is named, or that the model was trained for, or the kind of task that its head is for.
    private static func name(
        _ task: String?, _ trained: TrainedSettings?, of head: TaskHead?
    ) throws(OptionError) -> TaskName {
        if let task { return try TaskName(named: task, field: "task") }
        if let trained { return trained.task }
        switch head?.kind {
        case .sequence?: return head?.isRegression == true ? .regression : .classification
        case .tokens?: return .tokenClassification
        case .span?: return .questionAnswering
        case .joint?: return .intentSlots
        case nil:
            throw .unknownName(field: "task", expected: TaskName.allCases.map(\.rawValue), found: "")
        }
    }

    private static func files(
        _ data: [DataFile], of task: TaskName, in store: URL
    ) throws(LeaseFailure) -> [DataRole: URL] {
        var files: [DataRole: URL] = [:]
        for file in data {
            let role: DataRole
            do {
                role = try DataRole(named: file.role, field: "data.role")
            } catch {
                throw LeaseFailure(.failed, ServiceError(.invalid, error.description, field: error.field))
            }
            guard files[role] == nil else {
                throw LeaseFailure(
                    .failed,
                    ServiceError(.invalid, "expected one file for '\(role.rawValue)', found two", field: "data.role"))
            }
            files[role] = try url(of: file, task, in: store)
        }
        return files
    }

    /// A file of a data set, or for intents and slots a folder: `seq.in`, `seq.out` and `label` are one role together.
    private static func url(
        of file: DataFile, _ task: TaskName, in store: URL
    ) throws(LeaseFailure) -> URL {
        guard case .digest(let digest) = file.data, let root = Store.madeFolder(digest, in: store) else {
            throw LeaseFailure(
                .refused, ServiceError(.unknownData, "data set \(file.data) is not in \(store.path)", field: "data"))
        }
        let wantsFolder = task.kind == .intentSlots
        var names = wantsFolder ? [""] : []
        for name in (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? [] {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: root.appending(path: name).path, isDirectory: &isFolder)
            if isFolder.boolValue == wantsFolder { names.append(name) }
        }
        let known = names.sorted().prefix(20).map { "'\($0)'" }.joined(separator: ", ")
        guard let path = file.path ?? (wantsFolder ? "" : names.count == 1 ? names[0] : nil) else {
            throw LeaseFailure(
                .failed, ServiceError(.invalid, "expected the path of one of \(known), found none", field: "data.path"))
        }
        guard names.contains(path) else {
            throw LeaseFailure(
                .failed,
                ServiceError(
                    .unknownData, "the data set has no '\(path)', expected one of \(known)", field: "data.path"))
        }
        return path.isEmpty ? root : root.appending(path: path)
    }
}
