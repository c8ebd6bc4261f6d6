package import Messages
package import Sweep
package import Tasks

extension SweepDefinition {
    /// A trial's hyper-parameters as its jobs carry them, by name: those of every trial, the point's, and the seed of the
    /// replica.
    package func settings(of point: Point, replica: Int) -> [Setting] {
        var all = settings
        for (parameter, value) in zip(study.space.parameters, point.values) { all[parameter.name] = value.description }
        let seed = all["seed"].flatMap(Int.init) ?? options([:])?.seed ?? 0
        all["seed"] = "\(seed + replica)"
        all["metric"] = metric
        return all.sorted { $0.key < $1.key }.map { Setting(name: $0.key, value: $0.value) }
    }

    package var taskKind: TaskKind {
        (try? TaskName(named: task, field: "task"))?.kind ?? .classification
    }

    /// Nil for settings that no task takes: the service has rejected them.
    package func options(_ settings: [String: String]) -> FineTuningOptions? {
        guard let task = try? TaskName(named: task, field: "task") else { return nil }
        let all = self.settings.merging(settings) { $1 }
        return try? FineTuningOptions(task: task, settings: all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
}
