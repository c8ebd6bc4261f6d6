package import Foundation
import Messages

/// Brings a model's folder to this machine.
package struct ModelFetcher {
    package enum Outcome {
        case folder(URL)
        /// Nothing answers; what was fetched so far is kept.
        case unreachable(reason: String)
    }

    let cache: ModelCache
    let endpoint: String
    let token: String?

    /// Where any of them is missing the folder is no model.
    private static let required = ["config.json", "model.safetensors"]
    private static let optional = [
        "vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
        "modules.json", "sentence_bert_config.json", "config_sentence_transformers.json",
    ]

    package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        cache = ModelCache(environment: environment)
        let named = environment["HF_ENDPOINT"].flatMap { $0.isEmpty ? nil : $0 } ?? "https://huggingface.co"
        endpoint = named.hasSuffix("/") ? String(named.dropLast()) : named
        token = environment["HF_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// - Parameter pinned: digests of files, by path
    package func fetch(_ model: HuggingFaceModel, pinned: [String: String] = [:]) throws(Failure) -> Outcome {
        let folder = cache.folder(of: model)
        if cache.isComplete(folder) { return .folder(folder) }
        for file in Self.required + Self.optional {
            if let outcome = try fetch(file, of: model, to: folder, pinned, isRequired: Self.required.contains(file)) {
                return outcome
            }
        }
        for file in try moduleFiles(in: folder) {
            if let outcome = try fetch(file, of: model, to: folder, pinned, isRequired: false) { return outcome }
        }
        try cache.markComplete(folder)
        return .folder(folder)
    }

    /// What a person has to do where no network is.
    package func instructions(for model: HuggingFaceModel, reason: String) -> Failure {
        let files = (Self.required + Self.optional).joined(separator: " ")
        let url = model.url(of: "", at: endpoint)
        return .unavailable(
            """
            \(endpoint) cannot be reached: \(reason)
            Fetch by hand, on a machine that can, those of these files that are there:
              \(url){\(files.replacing(" ", with: ","))}
            and with them the folders that modules.json names (such as 1_Pooling/config.json). Then, here:
              bertctl models add FOLDER
            """)
    }

    /// - Returns: `nil` when the file is there, or may be missing
    private func fetch(
        _ file: String, of model: HuggingFaceModel, to folder: URL, _ pinned: [String: String], isRequired: Bool
    ) throws(Failure) -> Outcome? {
        let url = model.url(of: file, at: endpoint)
        let digest = pinned[file].flatMap { Digest(hex: $0) }
        let download = Download(url: url, target: folder.appending(path: file), token: token, digest: digest)
        switch try download.run() {
        case .done: return nil
        case .absent:
            guard isRequired else { return nil }
            throw .notFound("there is no \(file) in \(model.repository) at revision \(model.revision) (\(url): 404)")
        case .forbidden(let status):
            throw .notPermitted(
                "\(url) answers \(status); it may be private, or gated: set HF_TOKEN to a token that may read it")
        case .unreachable(let reason):
            return .unreachable(reason: reason)
        }
    }

    /// The files of the steps around the encoder, as `modules.json` names their folders.
    private func moduleFiles(in folder: URL) throws(Failure) -> [String] {
        let list = folder.appending(path: "modules.json")
        guard let data = try? Data(contentsOf: list) else { return [] }
        guard let modules = try? JSONSerialization.jsonObject(with: data) as? [[String: Any]] else {
            throw .damaged("\(list.path) is no list of modules")
        }
        return modules.compactMap { $0["path"] as? String }
            .filter { path in !path.isEmpty && !path.hasPrefix("/") && !path.split(separator: "/").contains("..") }
            .flatMap { ["\($0)/config.json", "\($0)/model.safetensors"] }
    }
}
