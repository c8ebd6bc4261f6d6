import Foundation
import GRDB
import Messages

/// Names and versions of one kind of thing: the tables `model`, `data_set` and `sweep`.
struct Registry {
    private let kind: StoredKind
    private let db: Database

    /// - Precondition: the kind is one of this version's.
    init(_ kind: StoredKind, _ db: Database) {
        precondition(kind != .unrecognised, "a registry of a kind of this version, found one of '\(kind)'")
        self.kind = kind
        self.db = db
    }

    private var table: String {
        switch kind {
        case .data: "data_set"
        case .sweep: "sweep"
        case .model, .unrecognised: "model"
        }
    }

    /// Gives a manifest a name: as its next version, unless it is its latest one already.
    func register(_ name: ModelName, _ manifest: Manifest, at time: UnixTime) throws -> StoredModel {
        if let latest = try find(ModelReference(name: name)).last, latest.digest == manifest.digest { return latest }
        let last = try Int.fetchOne(
            db, sql: "SELECT max(version) FROM \(table) WHERE name = ?", arguments: [name.string])
        let version = (last ?? 0) + 1
        try db.execute(
            sql: "INSERT INTO \(table) VALUES (?, ?, ?, ?, ?, FALSE)",
            arguments: [name.string, version, manifest.digest.data, Data(manifest.encoded()), time.microseconds])
        return StoredModel(
            name: name, version: version, digest: manifest.digest, byteCount: manifest.byteCount, registeredAt: time,
            manifest: manifest, kind: kind)
    }

    /// Forgets what a reference means.
    ///
    /// - Throws: `unknownModel`; `modelInUse` while open jobs are bound to one of them, and then none is removed
    func remove(_ reference: ModelReference) throws -> [StoredModel] {
        let found = try find(reference)
        guard !found.isEmpty else { throw JournalError.unknownModel(reference, kind) }
        for model in found {
            let jobs = try openJobs(boundTo: model.reference)
            if jobs > 0 { throw JournalError.modelInUse(model.reference, kind, jobs: jobs) }
            try db.execute(
                sql: "UPDATE \(table) SET removed = TRUE WHERE name = ? AND version = ?",
                arguments: [model.name.string, model.version])
        }
        return found
    }

    private func openJobs(boundTo exact: ModelReference) throws -> Int {
        let isOpen = "state IN ('queued', 'running')"
        let (sql, argument) =
            switch kind {
            case .data:
                (
                    "SELECT count(DISTINCT job) FROM run_data JOIN job USING (job) WHERE \(isOpen) AND data_set = ?",
                    exact.description
                )
            // The jobs of a sweep are the group of its name.
            case .sweep: ("SELECT count(*) FROM job WHERE \(isOpen) AND client_group = ?", exact.name.string)
            case .model, .unrecognised: ("SELECT count(*) FROM job WHERE \(isOpen) AND model = ?", exact.description)
            }
        return try Int.fetchOne(db, sql: sql, arguments: [argument]) ?? 0
    }

    /// Versions with their manifests, in order.
    func find(_ reference: ModelReference) throws -> [StoredModel] {
        guard let version = reference.version else {
            return try find("name = ? AND NOT removed", [reference.name.string])
        }
        return try find("name = ? AND version = ? AND NOT removed", [reference.name.string, version])
    }

    func find(_ digest: Digest) throws -> [StoredModel] { try find("digest = ? AND NOT removed", [digest.data]) }

    /// Everything, by name and version.
    func all() throws -> [StoredModel] { try find("NOT removed", []) }

    private func find(_ condition: String, _ arguments: StatementArguments) throws -> [StoredModel] {
        let sql = """
            SELECT name, version, manifest, registered_us FROM \(table) WHERE \(condition) ORDER BY name, version
            """
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
            let manifest = try Manifest(decoding: row.bytes(2))
            return StoredModel(
                name: try ModelName(row[0]), version: row[1], digest: manifest.digest, byteCount: manifest.byteCount,
                registeredAt: UnixTime(microseconds: row[3]), manifest: manifest, kind: kind)
        }
    }
}
