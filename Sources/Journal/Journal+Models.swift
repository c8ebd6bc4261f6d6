import Foundation
import GRDB
package import JobQueue
package import Messages

extension Journal {
    /// Gives a manifest a name: as its next version, unless it is its latest one already. A version is never given
    /// twice, not even after it was removed.
    package func register(
        _ name: ModelName, _ manifest: Manifest, at time: UnixTime
    ) throws(JournalError) -> StoredModel {
        try writing { db in
            if let latest = try Self.models("name = ? AND NOT removed", [name.string], db).last,
                latest.digest == manifest.digest
            {
                return latest
            }
            let last = try Int.fetchOne(
                db, sql: "SELECT max(version) FROM model WHERE name = ?", arguments: [name.string])
            let version = (last ?? 0) + 1
            try db.execute(
                sql: "INSERT INTO model VALUES (?, ?, ?, ?, ?, FALSE)",
                arguments: [
                    name.string, version, manifest.digest.data, Data(manifest.encoded()), time.microseconds,
                ])
            return StoredModel(
                name: name, version: version, digest: manifest.digest, byteCount: manifest.byteCount,
                registeredAt: time,
                manifest: manifest)
        }
    }

    /// What a reference means now; nil when there is no such model.
    package func resolve(_ reference: ModelReference) throws(JournalError) -> ModelBinding? {
        try reading { db in
            guard let model = try Self.models(reference, db).last else { return nil }
            return ModelBinding(
                reference: ModelReference(name: model.name, version: model.version), digest: model.digest)
        }
    }

    /// The manifest of a registered model; nil when no version has this digest.
    package func manifest(_ digest: Digest) throws(JournalError) -> Manifest? {
        try reading { db in try Self.models("digest = ? AND NOT removed", [digest.data], db).last?.manifest }
    }

    /// Every version with its manifest, by name and version.
    package func models(named name: ModelName?) throws(JournalError) -> [StoredModel] {
        try reading { db in
            guard let name else { return try Self.models("NOT removed", [], db) }
            return try Self.models(ModelReference(name: name), db)
        }
    }

    /// Forgets a version, or all versions of a bare name; their objects are left to `Store.collect`.
    ///
    /// - Throws: `unknownModel`; `modelInUse` while open jobs are bound to one of them, and then none is removed
    package func remove(_ reference: ModelReference) throws(JournalError) -> [StoredModel] {
        try writing { db in
            let models = try Self.models(reference, db)
            guard !models.isEmpty else { throw JournalError.unknownModel(reference) }
            for model in models {
                let exact = ModelReference(name: model.name, version: model.version)
                let jobs = try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM job WHERE state IN ('queued', 'running') AND model = ?",
                    arguments: [exact.description])
                if let jobs, jobs > 0 { throw JournalError.modelInUse(exact, jobs: jobs) }
                try db.execute(
                    sql: "UPDATE model SET removed = TRUE WHERE name = ? AND version = ?",
                    arguments: [model.name.string, model.version])
            }
            return models
        }
    }

    /// What `Store.collect` must keep: manifests, their files, and tensors that are objects.
    package func digestsInUse() throws(JournalError) -> Set<Digest> {
        try reading { db in
            var digests: Set<Digest> = []
            for model in try Self.models("NOT removed", [], db) {
                digests.insert(model.digest)
                digests.formUnion(model.manifest?.files.map(\.digest) ?? [])
            }
            let objects = try Row.fetchCursor(db, sql: "SELECT object FROM result WHERE object IS NOT NULL")
            while let row = try objects.next() { digests.insert(try row.digest(0)) }
            return digests
        }
    }

    private static func models(_ reference: ModelReference, _ db: Database) throws -> [StoredModel] {
        guard let version = reference.version else {
            return try models("name = ? AND NOT removed", [reference.name.string], db)
        }
        return try models("name = ? AND version = ? AND NOT removed", [reference.name.string, version], db)
    }

    private static func models(
        _ condition: String, _ arguments: StatementArguments, _ db: Database
    ) throws -> [StoredModel] {
        let sql = """
            SELECT name, version, manifest, registered_us FROM model WHERE \(condition) ORDER BY name, version
            """
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
            let manifest = try Manifest(decoding: row.bytes(2))
            return StoredModel(
                name: try ModelName(row[0]), version: row[1], digest: manifest.digest, byteCount: manifest.byteCount,
                registeredAt: UnixTime(microseconds: row[3]), manifest: manifest)
        }
    }
}
