import JobQueue
import Messages
import Tasks

/// What can be told about work before it is accepted: everything but what the model and the data themselves say.
struct WorkCheck {
    let work: Work
    let registry: ModelRegistry

    /// The model, and of a run what it reads.
    ///
    /// - Throws: options that nothing can be done with, and names that nobody knows
    func bound() throws(ServiceError) -> (model: ModelBinding, run: RunRecord?) {
        do {
            try checkOptions()
        } catch {
            throw ServiceError(.invalid, "\(error)", field: "\(work.kind.rawValue).\(error.field)")
        }
        guard let model = registry.resolve(work.model) else {
            let hint = registry.hint(for: work.model.name.string, .model)
            throw ServiceError(
                .unknownModel, "no model is called '\(work.model)'; \(hint)", field: "\(work.kind.rawValue).model")
        }
        return (model.binding, try run())
    }

    private func checkOptions() throws(OptionError) {
        switch work {
        case .embed(let embed):
            _ = try EmbeddingOptions(
                pooling: embed.pooling, layer: embed.layer, normalize: embed.normalize, dtype: embed.dtype,
                maxTokens: embed.maxTokens, prompt: embed.prompt, strict: embed.isStrict)
        case .classify(let classify): _ = try EmbeddingOptions(maxTokens: classify.maxTokens)
        case .tagTokens(let tag): _ = try EmbeddingOptions(maxTokens: tag.maxTokens)
        case .answerQuestions(let answer): _ = try EmbeddingOptions(maxTokens: answer.maxTokens)
        case .fineTune(let fineTune):
            let task = try TaskName(named: fineTune.task, field: "task")
            _ = try FineTuningOptions(task: task, settings: fineTune.settings.map { ($0.name, $0.value) })
            let roles = try roles(of: fineTune.data)
            guard roles.contains(.train) else {
                throw .badValue(
                    field: "data", expected: "a file of the role 'train'",
                    found: roles.map(\.rawValue).joined(separator: ", "))
            }
        case .evaluate(let evaluate):
            if let task = evaluate.task { _ = try TaskName(named: task, field: "task") }
            _ = try roles(of: evaluate.data)
        }
    }

    private func roles(of data: [DataFile]) throws(OptionError) -> [DataRole] {
        var roles: [DataRole] = []
        for file in data { roles.append(try DataRole(named: file.role, field: "data.role")) }
        return roles
    }

    private func run() throws(ServiceError) -> RunRecord? {
        guard work.kind.workerClass == .training else { return nil }
        var data: [ModelBinding] = []
        for file in work.data { data.append(try set(of: file).binding) }
        guard case .fineTune(let fineTune) = work else { return RunRecord(data: data) }
        return RunRecord(data: data, name: fineTune.name, startFrom: fineTune.startFrom)
    }

    /// The data set that a file is in, which has such a file, or a folder of that name, or where none is named one alone.
    private func set(of file: DataFile) throws(ServiceError) -> StoredModel {
        let field = "\(work.kind.rawValue).data"
        guard let set = registry.resolve(file.data) else {
            let hint = registry.hint(for: file.data.description, .data)
            throw ServiceError(.unknownData, "no data set is called '\(file.data)'; \(hint)", field: field)
        }
        let paths = set.manifest?.files.map(\.path) ?? []
        if let path = file.path, !paths.contains(where: { $0 == path || $0.hasPrefix(path + "/") }) {
            let hint = Spelling.nearest(to: path, among: paths).map { "; did you mean '\($0)'?" } ?? ""
            let sentence = "the data set '\(set.reference)' has no file '\(Spelling.excerpt(path))'\(hint)"
            throw ServiceError(.unknownData, sentence, field: field + ".path")
        }
        if file.path == nil, paths.count != 1 {
            throw ServiceError(
                .invalid, "the data set '\(set.reference)' has \(paths.count) files, expected one of them to be named",
                field: field + ".path")
        }
        return set
    }
}

extension Work {
    /// Whether the result has a vector for each token.
    var hasVectorPerToken: Bool {
        if case .embed(let embed) = self { embed.pooling == Pooling.tokens.rawValue } else { false }
    }

    /// The same work as workers are to see it.
    func bound(to run: RunRecord?) throws(ServiceError) -> Work {
        guard let run else { return self }
        do { return try bound(to: run.data.map(\.digest)) } catch { throw error.serviceError }
    }
}
