import Foundation
import ModelFiles

/// The files that stand beside a model's weights and do not change in training: its configuration and its tokenizer.
struct ModelShell {
    let configuration: Data
    let tokenizerFiles: [URL]

    func write(to folder: borrowing FolderWriter) throws(ModelFileError) {
        try folder.write(configuration, to: "config.json")
        for file in tokenizerFiles { try folder.copy(file, to: file.lastPathComponent) }
    }
}
