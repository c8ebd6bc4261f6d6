package import Foundation

/// Writes a folder that appears under its name only when it is complete and durable.
///
///     .NAME.partial/   files, each synced ── commit ──► NAME/
///
/// A folder that was there under the name is replaced; until then it is untouched, and so it stays where anything fails.
package struct FolderWriter: ~Copyable {
    private let destination: URL
    private let partial: URL
    private let replaced: URL

    /// - Parameter destination: the folder's path; the folder around it exists
    package init(_ destination: URL) throws(ModelFileError) {
        let around = destination.deletingLastPathComponent()
        self.destination = destination
        partial = around.appending(path: ".\(destination.lastPathComponent).partial")
        replaced = around.appending(path: ".\(destination.lastPathComponent).replaced")
        for left in [partial, replaced] { try? FileManager.default.removeItem(at: left) }
        guard mkdir(partial.path, 0o755) == 0 else { throw Self.failure(partial) }
    }

    deinit { try? FileManager.default.removeItem(at: partial) }

    /// Adds a file; a name may lie in a folder of its own, one deep.
    package func write(_ bytes: Data, to name: String) throws(ModelFileError) {
        let file = try OutputFile(creating: place(name))
        try file.write(bytes)
        try file.sync()
    }

    /// Adds a file of tensors, in the order given.
    package func write(_ tensors: [OutputTensor], to name: String) throws(ModelFileError) {
        try SafeTensors.write(tensors, to: place(name))
    }

    /// Adds a copy of a file.
    package func copy(_ source: URL, to name: String) throws(ModelFileError) {
        try Self.duplicate(source, as: place(name))
    }

    /// Adds a file that is already durable on the same disk, by a second name for it.
    package func link(_ source: URL, to name: String) throws(ModelFileError) {
        let target = try place(name)
        guard Glibc.link(source.path, target.path) == 0 else { throw Self.failure(target) }
    }

    /// The files added so far that do not lie deeper, and their bytes.
    package var sizes: [String: Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: partial.path)) ?? []
        return names.reduce(into: [:]) { sizes, name in
            let path = partial.appending(path: name).path
            sizes[name] = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
        }
    }

    /// Puts the folder in its place.
    package consuming func commit() throws(ModelFileError) {
        for folder in try folders() { try Self.sync(folder) }
        let isReplacement = FileManager.default.fileExists(atPath: destination.path)
        if isReplacement, rename(destination.path, replaced.path) != 0 { throw Self.failure(destination) }
        guard rename(partial.path, destination.path) == 0 else { throw Self.failure(destination) }
        try Self.sync(destination.deletingLastPathComponent())
        if isReplacement { try? FileManager.default.removeItem(at: replaced) }
    }

    /// Gives a durable file a second name on the same disk, where it replaces what is there at once.
    package static func relink(_ source: URL, as destination: URL) throws(ModelFileError) {
        let aside = try aside(destination)
        guard Glibc.link(source.path, aside.path) == 0 else { throw failure(aside) }
        try settle(aside, as: destination)
    }

    /// Copies a file, which replaces what is there at once.
    package static func copy(_ source: URL, as destination: URL) throws(ModelFileError) {
        let aside = try aside(destination)
        try duplicate(source, as: aside)
        try settle(aside, as: destination)
    }

    private static func aside(_ destination: URL) throws(ModelFileError) -> URL {
        let name = ".\(destination.lastPathComponent).partial"
        let aside = destination.deletingLastPathComponent().appending(path: name)
        guard unlink(aside.path) == 0 || errno == ENOENT else { throw failure(aside) }
        return aside
    }

    private static func settle(_ aside: URL, as destination: URL) throws(ModelFileError) {
        guard rename(aside.path, destination.path) == 0 else { throw failure(destination) }
        // Two names of one file already: rename leaves both.
        unlink(aside.path)
        try sync(destination.deletingLastPathComponent())
    }

    private static func duplicate(_ source: URL, as destination: URL) throws(ModelFileError) {
        let source = try MappedFile(source, name: source.lastPathComponent)
        let file = try OutputFile(creating: destination)
        try source.withBytes { (bytes) throws(ModelFileError) in try file.write(bytes) }
        try file.sync()
    }

    private func place(_ name: String) throws(ModelFileError) -> URL {
        let url = partial.appending(path: name)
        let folder = url.deletingLastPathComponent()
        guard mkdir(folder.path, 0o755) == 0 || errno == EEXIST else { throw Self.failure(folder) }
        return url
    }

    /// The folder and those in it.
    private func folders() throws(ModelFileError) -> [URL] {
        do {
            let entries = try FileManager.default.contentsOfDirectory(at: partial, includingPropertiesForKeys: nil)
            return entries.filter(\.hasDirectoryPath) + [partial]
        } catch {
            throw .unwritable(file: partial.lastPathComponent, reason: "the folder cannot be listed")
        }
    }

    /// Makes the names in a folder durable.
    private static func sync(_ folder: URL) throws(ModelFileError) {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(folder) }
    }

    private static func failure(_ url: URL) -> ModelFileError {
        .unwritable(file: url.lastPathComponent, reason: String(cString: strerror(errno)))
    }
}
