package import Foundation

/// Models that were downloaded, kept so that nobody fetches them twice: `$XDG_CACHE_HOME/bertd/models`.
package struct ModelCache {
    package let folder: URL

    package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let root =
            environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
            ?? URL(filePath: NSHomeDirectory()).appending(path: ".cache")
        folder = root.appending(path: "bertd/models")
    }

    package func folder(of model: HuggingFaceModel) -> URL {
        folder.appending(path: model.repository.replacing("/", with: "--") + "@" + model.revision)
    }

    /// Whether all of a model has been fetched.
    func isComplete(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: mark(folder).path)
    }

    func markComplete(_ folder: URL) throws(Failure) {
        guard FileManager.default.createFile(atPath: mark(folder).path, contents: nil) else {
            throw .cannotWrite(path: mark(folder).path, reason: String(cString: strerror(errno)))
        }
    }

    private func mark(_ folder: URL) -> URL { folder.appending(path: ".complete") }
}
