import Foundation

/// The files of a model's folder by their relative paths, which are also the names that errors give.
///
/// It remembers what was read: those files are the model, and a copy of it needs no other.
final class FolderFiles {
    private let root: URL
    private(set) var used: Set<String> = []

    init(_ root: URL) throws(ModelFileError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root.path, isDirectory: &isFolder), isFolder.boolValue else {
            throw .notAFolder(path: root.path)
        }
        self.root = root
    }

    func url(_ path: String) -> URL { path.isEmpty ? root : root.appending(path: path) }

    func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : path + "/" + name }

    func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: url(path).path) }

    /// Notes a file that somebody else reads.
    func use(_ path: String) { used.insert(path) }

    /// The JSON value in a file that must be there.
    func value(_ path: String) throws(ModelFileError) -> JSONValue {
        try JSONValue(parsing: map(path).withBytes { Data($0) }, file: path)
    }

    /// The JSON object in a file that must be there.
    func object(_ path: String) throws(ModelFileError) -> JSONObject {
        try JSONObject(value(path), file: path)
    }

    /// The JSON object in a file that may be absent.
    func optionalObject(_ path: String) throws(ModelFileError) -> JSONObject? {
        try has(path) ? object(path) : nil
    }

    /// The weights in a file that must be there.
    func safeTensors(_ path: String) throws(ModelFileError) -> SafeTensors {
        try SafeTensors(map(path))
    }

    private func map(_ path: String) throws(ModelFileError) -> MappedFile {
        guard has(path) else {
            throw .missingFile(
                folder: url(path).deletingLastPathComponent().path, accepted: [url(path).lastPathComponent])
        }
        use(path)
        return try MappedFile(url(path), name: path)
    }
}
