import Client
import Foundation
import Messages
import ModelFiles

/// Puts a model's folder into the service and gives it a name.
struct ModelUpload {
    let client: Client
    let folder: URL

    /// - Throws: `ModelFileError` for a folder that is no BERT model, before anything is sent
    func run(as name: ModelName) throws -> StoredModel {
        let entries = try ModelFolder(opening: folder).files.map { path in
            FolderUpload.Entry(path: path, url: folder.appending(path: path))
        }
        return try FolderUpload(client: client, entries: entries).run(as: name, kind: .model)
    }
}
