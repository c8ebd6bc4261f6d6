import Sweep
import Tasks

/// Reads `metric`: what a trial is judged by.
struct MetricReader {
    let task: TaskName
    let findings: Findings

    /// Keys of W&B's that say nothing here.
    private static let ignoredKeys = [
        ("target", "a sweep ends with its trials"), ("impute", "a failed trial has no score"),
        ("impute_while_running", "a running trial has the score of its last epoch"),
    ]

    /// Where the file names none: what picks the best checkpoint of the task.
    var usual: (MetricName, Direction) {
        let metric = FineTuningOptions(task: task).metric
        return (metric, Direction(metric.direction))
    }

    func read(_ file: Section) throws(PlacedFault) -> (MetricName, Direction) {
        guard let section = try file["metric"]?.nested() else { return usual }
        section.reportUnknown(expected: ["name", "goal"] + Self.ignoredKeys.map(\.0), to: findings)
        for (key, reason) in Self.ignoredKeys {
            if let entry = section[key] { findings.warn(.ignored(key: entry.name, reason: reason), at: entry.keyPlace) }
        }
        let name = try section.required("name")
        let metric = try metric(named: name)
        let goal = section["goal"]
        // W&B's default, whatever the metric.
        let direction = try goal?.choice(of: GoalName.self).direction ?? .minimize
        let natural = Direction(metric.direction)
        if direction != natural {
            let warning = SweepFileWarning.goal(
                metric: metric.rawValue, expected: natural.rawValue, found: direction.rawValue, isGiven: goal != nil)
            findings.warn(warning, at: goal?.place ?? name.place)
        }
        return (metric, direction)
    }

    private func metric(named entry: Entry) throws(PlacedFault) -> MetricName {
        let found = try entry.text()
        let reported = [.loss] + MetricName.judging(task.kind)
        guard let metric = try? MetricName(of: found, field: entry.name), reported.contains(metric) else {
            throw Placed(
                .unknownName(of: entry.name, expected: reported.map(\.rawValue), found: found), at: entry.place)
        }
        return metric
    }
}

private enum GoalName: String, CaseIterable {
    case minimize, maximize

    var direction: Direction { self == .minimize ? .minimize : .maximize }
}
