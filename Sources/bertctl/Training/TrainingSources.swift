import Client
import Messages
import Tasks

/// The data of a run by their roles.
struct TrainingSources {
    let all: [(role: DataRole, source: DataSource)]

    init(train: String? = nil, dev: String? = nil, test: String? = nil) throws(Failure) {
        var all: [(role: DataRole, source: DataSource)] = []
        for (role, text) in [(DataRole.train, train), (.dev, dev), (.test, test)] {
            if let text { all.append((role, try DataSource(text))) }
        }
        self.all = all
    }

    /// As the first of the data is called; the model to begin with would be hidden by a later version of its own name.
    func defaultName(of base: ModelReference) throws -> ModelName {
        guard let first = all.first else { throw Failure.usage("there are no data") }
        let name = try first.source.defaultName()
        guard name != base.name else {
            throw Failure.usage("the result would be called '\(name)', as the model it begins with; give it a --name")
        }
        return name
    }

    /// Puts into the service what is not there yet.
    ///
    /// - Parameter roles: those that a folder may give; what was named for a role wins over a folder's own
    /// - Returns: the files, by version
    func send(to client: Client, for task: TaskName, roles: Set<DataRole>) throws -> [DataFile] {
        var files: [DataFile] = []
        for (index, (role, source)) in all.enumerated() {
            let found = try source.roles(
                { (paths, place) throws(Failure) in
                    // One file is what it was given for.
                    paths.count == 1
                        ? [(role, paths[0])]
                        : try OfficialFiles.roles(of: task, among: paths, in: place, needed: role)
                }, client: client)
            let others = all.map(\.role).filter { $0 != role }
            let kept = found.filter { entry in
                entry.role == role || (index == 0 && roles.contains(entry.role) && !others.contains(entry.role))
            }
            let stored = try source.send(to: client, as: nil, paths: kept.map(\.path))
            for entry in kept {
                files.append(
                    try DataFile(role: entry.role.rawValue, data: .named(stored.reference), path: entry.path))
            }
        }
        return files
    }
}
