import GRDB
package import Messages
package import Store

/// Why the journal could not do what it was asked.
package enum JournalError: Error, Equatable, CustomStringConvertible {
    /// Another process uses the state folder; `pid` as that process wrote it down.
    case inUse(folder: String, pid: String)
    /// The state folder was written by a newer version of the program.
    case newerVersion(found: Int, supported: Int)
    /// SQLite's log and locks are not safe on a file system of several machines.
    case networkFileSystem(folder: String, kind: String)
    case folder(path: String, reason: String)
    case storageFull
    /// The files hold what this program never wrote.
    case damaged(String)
    /// No model, data set or sweep is called so.
    case unknownModel(ModelReference, StoredKind)
    /// Open jobs are bound to the model, the data set or the sweep.
    case modelInUse(ModelReference, StoredKind, jobs: Int)
    /// No job is called so.
    case unknownJob(Identifier)
    /// The job has not ended.
    case openJob(Identifier)
    /// Too many starts: fences would repeat.
    case bootsExhausted
    case store(StoreError)
    case database(String)

    /// Whatever a transaction threw.
    init(_ error: any Error) {
        switch error {
        case let error as JournalError: self = error
        case StoreError.storageFull: self = .storageFull
        case let error as StoreError: self = .store(error)
        case let error as MessageError: self = .damaged("\(error)")
        case let error as DatabaseError: self.init(error)
        default: self = .database("\(error)")
        }
    }

    private init(_ error: DatabaseError) {
        switch error.extendedResultCode {
        case .SQLITE_FULL, .SQLITE_IOERR_SHMSIZE: self = .storageFull
        case .SQLITE_NOTADB: self = .damaged("the file journal.sqlite is not a database")
        default:
            let sentence = "\(error.message ?? "no message") (SQLite code \(error.extendedResultCode.rawValue))"
            self = error.resultCode == .SQLITE_CORRUPT ? .damaged(sentence) : .database(sentence)
        }
    }

    package var description: String {
        switch self {
        case .inUse(let folder, let pid):
            "the state folder '\(folder)' is in use by process \(pid); stop it or choose another folder"
        case .newerVersion(let found, let supported):
            "the journal has schema version \(found), this program knows versions up to \(supported); use a newer bertd"
        case .networkFileSystem(let folder, let kind):
            "the state folder '\(folder)' is on a \(kind) file system, expected one on a local disk"
        case .folder(let path, let reason): "cannot use the state folder '\(path)': \(reason)"
        case .storageFull: "no space is left to write the journal"
        case .damaged(let what): "the journal is damaged: \(what)"
        case .unknownModel(let reference, let kind): "there is no \(kind.noun) '\(reference)'"
        case .modelInUse(let reference, let kind, let jobs):
            "the \(kind.noun) '\(reference)' is used by \(jobs) open jobs; wait for them or cancel them"
        case .unknownJob(let id): "no job is called '\(id)'"
        case .openJob(let id): "the job '\(id)' has not ended; its checkpoints can be let go when it has"
        case .bootsExhausted: "the state folder has been started 4294967295 times, the most it can be"
        case .store(let error): error.description
        case .database(let sentence): "the journal's database failed: \(sentence)"
        }
    }

    /// What a client is told.
    package var serviceError: ServiceError {
        switch self {
        case .unknownModel(_, .data): ServiceError(.unknownData, description, field: "name")
        case .unknownModel(_, .sweep): ServiceError(.unknownObject, description, field: "name")
        case .unknownModel: ServiceError(.unknownModel, description, field: "name")
        case .modelInUse: ServiceError(.conflict, description, field: "name")
        case .unknownJob: ServiceError(.unknownJob, description, field: "job_id")
        case .openJob: ServiceError(.conflict, description, field: "job_id")
        case .storageFull: ServiceError(.storageFull, description)
        case .damaged: ServiceError(.damaged, description)
        case .store(let error): error.serviceError
        default: ServiceError(.internal, description)
        }
    }
}

extension StoredKind {
    /// As it stands in a sentence.
    fileprivate var noun: String {
        switch self {
        case .data: "data set"
        case .sweep: "sweep"
        case .model, .unrecognised: "model"
        }
    }
}
