package import Foundation

/// A Hugging Face or sentence-transformers folder with a BERT encoder, read and checked; its weights are mapped.
package struct ModelFolder: Sendable {
    package let configuration: ModelConfiguration
    package let pipeline: SentencePipeline
    package let weights: ModelWeights
    /// The longest sequence that encoder and tokenizer take, in tokens.
    package let tokenLimit: Int
    /// The head of a fine-tuned model.
    package let head: TaskHead?
    /// The whole of `config.json`.
    private let config: [String: JSONValue]
    /// The folder of the tokenizer's files: `vocab.txt` or `tokenizer.json`, and `tokenizer_config.json`.
    package let tokenizerFolder: URL
    /// Everything that makes up the model, relative to the folder, sorted: a copy of it needs no other file.
    package let files: [String]

    package init(opening url: URL) throws(ModelFileError) {
        let folder = try FolderFiles(url)
        let modules = try folder.has(ModuleList.file) ? ModuleList(folder.value(ModuleList.file)) : nil
        let path = modules?.transformer ?? ""
        let json = try folder.object(folder.join(path, "config.json"))
        configuration = try ModelConfiguration(json)
        head = try TaskHead(json)
        config = json.members
        tokenizerFolder = folder.url(path)
        tokenLimit = min(try Self.tokenizerLimit(in: folder, path: path), configuration.maximumPositions)
        weights = try ModelWeights(in: folder, path: path)
        pipeline =
            if let modules {
                try SentencePipeline(modules, in: folder, configuration: configuration, tokenLimit: tokenLimit)
            } else {
                .plain(maximumTokens: tokenLimit, hiddenSize: configuration.hiddenSize)
            }
        files = folder.used.sorted()
    }

    /// A `config.json` for this encoder with another head: everything else stays as it is.
    package func configuration(with head: TaskHead) -> Data {
        let fields = ["architectures", "problem_type", "id2label", "label2id", "slot_id2label", "slot_label2id"]
        let others = config.filter { !fields.contains($0.key) }
        // Whatever the encoder was kept in, what is written beside this is fp32.
        let types = others.keys.filter { ["dtype", "torch_dtype"].contains($0) }
        let written = head.members.merging(types.map { ($0, .string("float32")) }) { $1 }
        return JSONValue.object(others.merging(written) { $1 }).file
    }

    /// The tokenizer's files that are there, all of them in `tokenizerFolder`.
    package var tokenizerFiles: [URL] {
        [
            "vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
        ].map { tokenizerFolder.appending(path: $0) }.filter { FileManager.default.fileExists(atPath: $0.path) }
    }

    /// Notes the tokenizer's files and returns the longest sequence it names, in tokens.
    private static func tokenizerLimit(in folder: FolderFiles, path: String) throws(ModelFileError) -> Int {
        let vocabularies = ["vocab.txt", "tokenizer.json"]
        let present = vocabularies.map { folder.join(path, $0) }.filter(folder.has)
        guard !present.isEmpty else { throw .missingFile(folder: folder.url(path).path, accepted: vocabularies) }
        let optional = ["special_tokens_map.json", "added_tokens.json"].map { folder.join(path, $0) }
        for file in present + optional.filter(folder.has) { folder.use(file) }

        let settings = try folder.optionalObject(folder.join(path, "tokenizer_config.json"))
        // "No limit" is written as 10^30, which is not an integer here.
        guard let settings, case .integer? = settings.value("model_max_length") else { return .max }
        return try settings.integer("model_max_length", in: 1...Int.max)
    }
}
