package import Messages
import Sweep

extension SweepDefinition {
    /// A run of these settings on the sweep's data, not registered.
    ///
    /// - Parameter tests: whether the test data are to be looked at
    package func fineTune(_ settings: [Setting], tests: Bool = false) throws(SweepError) -> FineTune {
        do {
            let data = try (files + (tests ? testFiles : [])).map {
                try DataFile(role: $0.role, data: DataReference($0.data), path: $0.path)
            }
            return FineTune(
                model: try ModelReference(model), task: task, data: data,
                columns: ColumnNames(text: columns.text, text2: columns.text2, label: columns.label),
                settings: settings)
        } catch {
            throw .damagedDefinition("\(error)")
        }
    }
}
