import JobQueue
import Messages
import Tasks

/// The names and versions of models and data sets as the I/O thread knows them; the journal's, kept current by the
/// clerks and by the runs that end.
struct ModelRegistry {
    private var versions: [Name: [StoredModel]] = [:]

    private struct Name: Hashable {
        let kind: StoredKind
        let name: ModelName
    }

    init(_ models: [StoredModel]) {
        for model in models { add(model) }
    }

    mutating func add(_ model: StoredModel) {
        let name = Name(kind: model.kind, name: model.name)
        guard !versions[name, default: []].contains(where: { $0.version == model.version }) else { return }
        versions[name, default: []].append(model)
    }

    mutating func remove(_ model: StoredModel) {
        let name = Name(kind: model.kind, name: model.name)
        versions[name]?.removeAll { $0.version == model.version }
        if versions[name]?.isEmpty == true { versions[name] = nil }
    }

    /// What a reference means now: a bare name is its latest version.
    func resolve(_ reference: ModelReference, _ kind: StoredKind = .model) -> StoredModel? {
        let found = versions[Name(kind: kind, name: reference.name)] ?? []
        return found.filter { reference.version == nil || $0.version == reference.version }
            .max { $0.version < $1.version }
    }

    /// The data set that a command names.
    func resolve(_ data: DataReference) -> StoredModel? {
        switch data {
        case .named(let reference): resolve(reference, .data)
        case .digest(let digest): versions.values.joined().first { $0.kind == .data && $0.digest == digest }
        }
    }

    /// What else could have been meant, as the end of a sentence.
    func hint(for found: String, _ kind: StoredKind) -> String {
        let names = versions.keys.filter { $0.kind == kind }.map(\.name.string).sorted()
        if let nearest = Spelling.nearest(to: found, among: names) { return "did you mean '\(nearest)'?" }
        return names.isEmpty
            ? "there is none yet" : "known are: \(names.prefix(Self.namesTold).joined(separator: ", "))"
    }

    private static let namesTold = 20
}

extension StoredModel {
    var binding: ModelBinding { ModelBinding(reference: reference, digest: digest) }
}
