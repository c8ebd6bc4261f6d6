import JobQueue
import Messages

/// The names and versions of models as the I/O thread knows them; the journal's, kept current by the clerks.
struct ModelRegistry {
    private var models: [ModelName: [StoredModel]] = [:]

    init(_ models: [StoredModel]) {
        self.models = Dictionary(grouping: models, by: \.name)
    }

    /// What a reference means now: a bare name is its latest version.
    func resolve(_ reference: ModelReference) -> ModelBinding? {
        let versions = models[reference.name] ?? []
        let found = versions.filter { reference.version == nil || $0.version == reference.version }
            .max { $0.version < $1.version }
        return found.map { ModelBinding(reference: $0.reference, digest: $0.digest) }
    }

    /// The names there are, for the sentence that says that one is not.
    var names: [String] { models.keys.map(\.string).sorted() }
}
