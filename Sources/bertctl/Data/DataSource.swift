import Client
import Foundation
import Messages

/// Data that a run is to read: files here, or what the service knows by name.
struct DataSource {
    private enum Place {
        case file(URL)
        /// A folder, and the paths of all files in it.
        case folder(URL, [String])
        case stored(ModelReference)
    }

    /// As it was given.
    let text: String
    private let place: Place

    /// A path that is there is a path; anything else must be the name of a data set.
    init(_ text: String) throws(Failure) {
        self.text = text
        let url = URL(filePath: text)
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: text, isDirectory: &isFolder) {
            place = isFolder.boolValue ? .folder(url, Self.files(in: url)) : .file(url)
        } else if let reference = try? ModelReference(text) {
            place = .stored(reference)
        } else {
            throw .noInput(path: text, reason: "no such file, and no name of a data set")
        }
    }

    /// The one file, where it is a file here.
    var file: String? {
        if case .file(let url) = place { url.path } else { nil }
    }

    /// Whether it is a path, not a name.
    var isHere: Bool {
        if case .stored = place { false } else { true }
    }

    /// What data from here is called unless a name was given: its file's, or its folder's, without the ending.
    func defaultName() throws(Failure) -> ModelName {
        let stem =
            switch place {
            case .file(let url): url.deletingPathExtension().lastPathComponent
            case .folder(let url, _): url.standardizedFileURL.resolvingSymlinksInPath().lastPathComponent
            case .stored(let reference): reference.name.string
            }
        let allowed = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" }
        guard let name = try? ModelName(String(allowed.prefix(128))) else {
            throw .usage("'\(text)' makes no name; give one with --name")
        }
        return name
    }

    /// The paths in it that `choose` picks, told which ones there are.
    func roles<Role>(
        _ choose: (_ paths: [String], _ place: String) throws(Failure) -> [(role: Role, path: String)], client: Client
    ) throws -> [(role: Role, path: String)] {
        switch place {
        case .file(let url): try choose([url.lastPathComponent], text)
        case .folder(_, let paths): try choose(paths, text)
        case .stored(let reference):
            try choose(stored(reference, client).manifest?.files.map(\.path) ?? [], "the data set '\(reference)'")
        }
    }

    /// The data set in the service, put there where it is not yet.
    ///
    /// - Parameters:
    ///   - paths: files that are needed, or folders with all that is in them; all where none is named
    func send(to client: Client, as name: ModelName?, paths: [String]? = nil) throws -> StoredModel {
        switch place {
        case .stored(let reference): return try stored(reference, client)
        case .file(let url):
            let entry = FolderUpload.Entry(path: url.lastPathComponent, url: url)
            return try FolderUpload(client: client, entries: [entry]).run(as: name ?? defaultName(), kind: .data)
        case .folder(let url, let all):
            let needed = all.filter { file in
                paths?.contains { file == $0 || file.hasPrefix("\($0)/") } ?? true
            }
            guard !needed.isEmpty else { throw Failure.noInput(path: text, reason: "there is no file in it") }
            let entries = needed.map { FolderUpload.Entry(path: $0, url: url.appending(path: $0)) }
            return try FolderUpload(client: client, entries: entries).run(as: name ?? defaultName(), kind: .data)
        }
    }

    private func stored(_ reference: ModelReference, _ client: Client) throws -> StoredModel {
        do {
            return try client.resolve(reference, kind: .data)
        } catch .refused(let error) where error.code == .unknownData || error.code == .unknownModel {
            throw Failure.noInput(path: text, reason: "no such file, and the service has no data set of this name")
        } catch {
            throw error
        }
    }

    /// Relative, sorted; hidden ones are left out.
    private static func files(in folder: URL) -> [String] {
        let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return all.filter { path in
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(
                atPath: folder.appending(path: path).path, isDirectory: &isFolder)
            return isThere && !isFolder.boolValue && !path.split(separator: "/").contains { $0.hasPrefix(".") }
        }.sorted()
    }
}
