/// The modules of a sentence-transformers folder in their order, from `modules.json`.
struct ModuleList {
    static let file = "modules.json"

    enum Kind: String, CaseIterable {
        case transformer = "Transformer"
        case pooling = "Pooling"
        case dense = "Dense"
        case normalize = "Normalize"
    }

    struct Module {
        let kind: Kind
        /// The folder of its files within the model's folder; empty for that folder itself.
        let path: String
    }

    /// The folder of the encoder's files.
    let transformer: String
    let pooling: String
    /// Dense and Normalize only.
    let steps: [Module]

    /// - Throws: for anything but a Transformer, a Pooling and then any number of Dense and Normalize
    init(_ json: JSONValue) throws(ModelFileError) {
        guard case .array(let values) = json else {
            throw .field(file: Self.file, field: "(the whole file)", expected: "a list of modules", found: "\(json)")
        }
        var modules: [Module] = []
        for (index, value) in values.enumerated() {
            modules.append(try Self.module(JSONObject(value, file: Self.file, field: "\(index)")))
        }
        let kinds = modules.map(\.kind)
        guard kinds.starts(with: [.transformer, .pooling]),
            kinds.dropFirst(2).allSatisfy({ $0 == .dense || $0 == .normalize })
        else {
            throw .field(
                file: Self.file, field: "type", expected: "Transformer, Pooling, then any of Dense and Normalize",
                found: kinds.isEmpty ? "an empty list" : kinds.map(\.rawValue).joined(separator: ", "))
        }
        transformer = modules[0].path
        pooling = modules[1].path
        steps = Array(modules.dropFirst(2))
    }

    private static func module(_ json: JSONObject) throws(ModelFileError) -> Module {
        // The package that a class lies in changed between releases: sentence_transformers.models.Pooling and
        // sentence_transformers.sentence_transformer.modules.pooling.Pooling are the same.
        let type = try json.string("type")
        guard type.hasPrefix("sentence_transformers."), let name = type.split(separator: ".").last,
            let kind = Kind(rawValue: String(name))
        else {
            throw .unknownModule(file: file, module: type, known: Kind.allCases.map(\.rawValue))
        }
        let path = try json.string("path")
        guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
            throw json.wrong("path", expected: "a folder within the model's folder")
        }
        return Module(kind: kind, path: path)
    }
}
