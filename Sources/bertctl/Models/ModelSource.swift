package import Foundation
import Messages

/// Where a model is to come from: what `models add` was given.
package enum ModelSource: Equatable {
    /// all-MiniLM-L6-v2, which has a second source and known digests.
    case miniLM
    case huggingFace(HuggingFaceModel)
    case folder(URL)

    /// Short names of repositories.
    static let aliases = [
        "bert-base-uncased": "google-bert/bert-base-uncased",
        "bert-base-cased": "google-bert/bert-base-cased",
        "bert-base-chinese": "google-bert/bert-base-chinese",
        "bert-base-multilingual-cased": "google-bert/bert-base-multilingual-cased",
        "bert-large-uncased": "google-bert/bert-large-uncased",
    ]

    package init(_ text: String) throws(Failure) {
        if text == "minilm" {
            self = .miniLM
        } else if let repository = Self.aliases[text] {
            self = .huggingFace(HuggingFaceModel(repository: repository, revision: "main"))
        } else if text.hasPrefix("hf:") {
            guard let model = HuggingFaceModel(text.dropFirst(3)) else {
                throw .usage("'\(text)' is no Hugging Face model, expected hf:ORG/NAME or hf:ORG/NAME@REVISION")
            }
            self = .huggingFace(model)
        } else {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: text, isDirectory: &isFolder), isFolder.boolValue else {
                let names = (["minilm"] + Self.aliases.keys.sorted()).joined(separator: ", ")
                throw .noInput(path: text, reason: "no such folder, and none of \(names), hf:ORG/NAME")
            }
            self = .folder(URL(filePath: text))
        }
    }

    /// What the model is called unless a name was given.
    func defaultName() throws -> ModelName {
        switch self {
        case .miniLM: try ModelName("minilm")
        case .huggingFace(let model): try ModelName(String(model.repository.split(separator: "/").last ?? ""))
        case .folder(let url):
            try ModelName(url.standardizedFileURL.resolvingSymlinksInPath().lastPathComponent)
        }
    }
}
