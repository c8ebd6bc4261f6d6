import Foundation
import GRDB
package import JobQueue
package import Messages

/// The names of models, data sets and sweeps.
extension Journal {
    /// Gives a manifest a name: as its next version, unless it is its latest one already. A version is never given
    /// twice, not even after it was removed.
    package func register(
        _ name: ModelName, _ manifest: Manifest, kind: StoredKind = .model, at time: UnixTime
    ) throws(JournalError) -> StoredModel {
        try writing { db in try Registry(kind, db).register(name, manifest, at: time) }
    }

    /// What a reference to a model means now; nil when there is no such model.
    package func resolve(_ reference: ModelReference) throws(JournalError) -> ModelBinding? {
        try reading { db in
            guard let model = try Registry(.model, db).find(reference).last else { return nil }
            return ModelBinding(reference: model.reference, digest: model.digest)
        }
    }

    /// The manifest of a registered model; nil when no version has this digest.
    package func manifest(_ digest: Digest) throws(JournalError) -> Manifest? {
        try reading { db in try Registry(.model, db).find(digest).last?.manifest }
    }

    /// Every version with its manifest, by name and version.
    package func models(named name: ModelName?, kind: StoredKind = .model) throws(JournalError) -> [StoredModel] {
        try reading { db in
            guard let name else { return try Registry(kind, db).all() }
            return try Registry(kind, db).find(ModelReference(name: name))
        }
    }

    /// Forgets a version, or all versions of a bare name; their objects are left to `Store.collect`.
    ///
    /// - Throws: `unknownModel`; `modelInUse` while open jobs are bound to one of them, and then none is removed
    package func remove(
        _ reference: ModelReference, kind: StoredKind = .model
    ) throws(JournalError) -> [StoredModel] {
        try writing { db in try Registry(kind, db).remove(reference) }
    }

    /// What `Store.collect` must keep: manifests, their files, and tensors that are objects.
    package func digestsInUse() throws(JournalError) -> Set<Digest> {
        try reading { db in
            var digests: Set<Digest> = []
            func keep(_ manifest: Manifest) {
                digests.insert(manifest.digest)
                digests.formUnion(manifest.files.map(\.digest))
            }
            for kind in StoredKind.known {
                for model in try Registry(kind, db).all() { if let manifest = model.manifest { keep(manifest) } }
            }
            let checkpoints = try Row.fetchCursor(db, sql: "SELECT manifest FROM checkpoint")
            while let row = try checkpoints.next() { keep(try Manifest(decoding: row.bytes(0))) }
            let objects = try Row.fetchCursor(db, sql: "SELECT object FROM result WHERE object IS NOT NULL")
            while let row = try objects.next() { digests.insert(try row.digest(0)) }
            return digests
        }
    }
}
