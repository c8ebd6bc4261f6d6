import Messages
import Tasks
import Terminal

/// What is left of a run at its end: its scores, its model, and how to use it.
struct TrainingEnd {
    private let end: Succeeded

    init(_ end: Succeeded) {
        self.end = end
    }

    /// - Parameter kind: of the task, where it is known
    func show(kind: TaskKind?) {
        if !end.metrics.isEmpty {
            var table = Table([.init("METRIC"), .init("VALUE", .trailing)])
            for metric in end.metrics { table.append([metric.name, TrainingReport.number(metric.value)]) }
            Print.line("")
            Print.table(table)
        }
        guard let model = end.model else { return }
        Print.line("")
        Print.line("\(model), after \(Quantity.duration(end.totalTime))")
        if let kind { Print.note("it answers at once: \(Self.usage(of: model, kind))") }
    }

    private static func usage(of model: ModelReference, _ kind: TaskKind) -> String {
        switch kind {
        case .classification, .regression: "bertctl classify --model \(model.name) \"TEXT\""
        case .tokenClassification, .intentSlots: "bertctl tag --model \(model.name) \"TEXT\""
        case .questionAnswering: "bertctl ask --model \(model.name) --question \"TEXT\" --context \"TEXT\""
        }
    }
}
