import BERT
import Tasks

extension ClassificationTask {
    package init(request: TrainingRequest) throws(FineTuningError) {
        var files: [(set: String, file: LabelledFile)] = []
        for (role, set, url) in TaskSets.files(of: request) {
            files.append((set, try LabelledFile(url, role: role, request: request)))
        }
        try self.init(files: files, request: request, encoder: try RowEncoder(request))
    }

    /// - Parameter files: by the name of their set; `train` is learned from, and split where there is no `dev`
    init(
        files: [(set: String, file: LabelledFile)], request: TrainingRequest, encoder: RowEncoder
    ) throws(FineTuningError) {
        let trained = files.first { $0.set == TaskSets.training }?.file
        let labels = try Self.labels(request, trained)
        let options = request.options
        var (encoder, training, sets) = (encoder, [Example](), [EvaluationSet]())
        var split: PredictionsFile?
        for (name, file) in files {
            let targets = try labels.targets(of: file)
            let examples = zip(file.rows, targets).map { encoder.example($0, target: $1) }
            let isJudged = files.contains { $0.set == TaskSets.name(of: .dev) }
            if name != TaskSets.training {
                sets.append(EvaluationSet(name: name, examples: examples))
            } else if isJudged {
                training = examples
            } else {
                let held = try HeldBackRows(
                    of: file, targets: targets, fraction: options.devFraction, seed: options.seed)
                let rows = Set(held.rows)
                training = examples.indices.filter { !rows.contains($0) }.map { examples[$0] }
                sets.append(EvaluationSet(name: TaskSets.name(of: .dev), examples: held.rows.map { examples[$0] }))
                split = held.record(of: file, fraction: options.devFraction, seed: options.seed)
            }
        }
        self.init(
            labels: labels.all, training: training, evaluationSets: sets, metric: options.metric,
            survey: Self.survey(training, sets, labels: labels.all, trained, maximumTokens: encoder.maximumLength),
            splitFile: split)
        try checkMetric()
    }

    /// The labels of a model that was trained before, of the named task, or of the training file.
    private static func labels(_ request: TrainingRequest, _ trained: LabelledFile?) throws(FineTuningError) -> Labels {
        guard trained != nil || request.labels != nil else {
            throw .missingData(role: DataRole.train.rawValue, task: request.task.rawValue)
        }
        if request.task.kind == .regression { return .numbers }
        if let labels = request.labels { return .names(labels) }
        if let layout = OfficialLayout.of(request.task) { return .names(layout.labels) }
        guard let trained else { return .names([]) }
        return try Labels(training: trained)
    }

    /// F1, precision and recall as such are those of the second of two labels.
    private func checkMetric() throws(FineTuningError) {
        guard [.f1, .precision, .recall].contains(metric), labels.count != 2 else { return }
        throw .option(
            name: "metric", expected: "'\(MetricName.macroF1.rawValue)' or another one for \(labels.count) labels",
            found: "'\(metric.rawValue)', which is for two")
    }

    private static func survey(
        _ training: [Example], _ sets: [EvaluationSet], labels: [String], _ file: LabelledFile?, maximumTokens: Int
    ) -> DataSurvey {
        var counts = [Int](repeating: 0, count: labels.count)
        for example in training { if case .label(let label) = example.target { counts[label] += 1 } }
        let rows = file?.rows ?? []
        return DataSurvey(
            sets: (file == nil ? [] : [.init(name: TaskSets.training, rows: training.count)])
                + sets.map { .init(name: $0.name, rows: $0.examples.count) },
            labels: zip(labels, counts).map { .init(name: $0, rows: $1) },
            duplicates: rows.count - Set(rows.map(\.texts)).count,
            tokenPercentiles: .init(training.map { $0.tokenCount + $0.droppedTokens }), maximumTokens: maximumTokens,
            cutRows: training.count { $0.droppedTokens > 0 })
    }
}
