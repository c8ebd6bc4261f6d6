import GRDB

/// The tables, and the steps that lead to them from every version ever released.
///
///     log ── one row: where the log stands, and sums that would be slow to count
///     job ──< frame    the command as it came, until the job is terminal
///         ──< result   chunks of rows; `tensor` up to 256 KiB, or `object` in the store
///         ──< event    what was told, without tensors
///         ──  run      of a run: the name of its result; checkpoint and data sets are its own tables
///             ──< run_data     what its data files meant when it was accepted
///             ──< checkpoint   the last and the best: manifests in the store
///     discarded        checkpoints that are kept no longer, until their bytes are gone from the store
///     model            names and versions of manifests
///     data_set, sweep  the same of data sets, and of what sweeps are to try
struct Schema {
    /// The statements that raise the version by one each.
    static let steps = [version1, version2, version3]

    /// Brings a database to the newest version, in one transaction.
    static func migrate(_ db: Database) throws {
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard found <= steps.count else { throw JournalError.newerVersion(found: found, supported: steps.count) }
        guard found < steps.count else { return }
        try db.inTransaction(.immediate) {
            for step in steps[found...] { try db.execute(sql: step) }
            try db.execute(sql: "PRAGMA user_version = \(steps.count)")
            return .commit
        }
    }

    private static let version1 = """
        CREATE TABLE log (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            log_id INTEGER NOT NULL,
            boot INTEGER NOT NULL,
            first_seq INTEGER NOT NULL,
            last_seq INTEGER NOT NULL,
            last_job INTEGER NOT NULL,
            jobs INTEGER NOT NULL,
            result_bytes INTEGER NOT NULL
        );
        CREATE TABLE job (
            job INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            client TEXT NOT NULL,
            client_group TEXT NOT NULL,
            priority TEXT NOT NULL,
            digest BLOB NOT NULL,
            model TEXT NOT NULL,
            manifest BLOB NOT NULL,
            row_count INTEGER NOT NULL,
            notices_only INTEGER NOT NULL,
            per_token INTEGER NOT NULL,
            accepted_us INTEGER NOT NULL,
            state TEXT NOT NULL,
            started_us INTEGER,
            finished_us INTEGER,
            lost_workers INTEGER NOT NULL,
            announced_rows INTEGER NOT NULL,
            events INTEGER NOT NULL,
            result_bytes INTEGER NOT NULL,
            usage_rows INTEGER NOT NULL,
            usage_tokens INTEGER NOT NULL,
            usage_text_bytes INTEGER NOT NULL,
            usage_truncated_rows INTEGER NOT NULL,
            usage_rejected_rows INTEGER NOT NULL,
            usage_compute_us INTEGER NOT NULL,
            error BLOB
        );
        CREATE INDEX job_group ON job(client_group);
        CREATE INDEX job_open ON job(job) WHERE state IN ('queued', 'running');
        CREATE INDEX job_fault ON job(state) WHERE state IN ('failed', 'dead', 'cancelled');
        CREATE INDEX job_finished ON job(finished_us) WHERE finished_us IS NOT NULL;
        CREATE INDEX job_kept ON job(finished_us) WHERE finished_us IS NOT NULL AND result_bytes > 0;
        CREATE TABLE frame (
            job INTEGER PRIMARY KEY,
            bytes BLOB NOT NULL
        );
        CREATE TABLE result (
            result INTEGER PRIMARY KEY,
            job INTEGER NOT NULL,
            first_row INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            object BLOB,
            rows BLOB NOT NULL,
            tensor BLOB
        );
        CREATE UNIQUE INDEX result_row ON result(job, first_row);
        CREATE INDEX result_object ON result(object) WHERE object IS NOT NULL;
        CREATE TABLE event (
            seq INTEGER PRIMARY KEY,
            job INTEGER NOT NULL,
            time_us INTEGER NOT NULL,
            frame BLOB NOT NULL
        );
        CREATE INDEX event_job ON event(job);
        CREATE TABLE model (
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            digest BLOB NOT NULL,
            manifest BLOB NOT NULL,
            registered_us INTEGER NOT NULL,
            removed INTEGER NOT NULL,
            PRIMARY KEY (name, version)
        ) WITHOUT ROWID;
        """

    /// Runs, and data sets.
    private static let version2 = """
        ALTER TABLE job ADD COLUMN kind TEXT NOT NULL DEFAULT 'embed';
        CREATE TABLE run (
            job INTEGER PRIMARY KEY,
            name TEXT,
            start_from BLOB,
            result TEXT
        );
        CREATE TABLE run_data (
            job INTEGER NOT NULL,
            position INTEGER NOT NULL,
            data_set TEXT NOT NULL,
            manifest BLOB NOT NULL,
            PRIMARY KEY (job, position)
        ) WITHOUT ROWID;
        CREATE INDEX run_data_name ON run_data(data_set);
        CREATE TABLE checkpoint (
            checkpoint INTEGER PRIMARY KEY,
            job INTEGER NOT NULL,
            step INTEGER NOT NULL,
            is_best INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            digest BLOB NOT NULL,
            manifest BLOB NOT NULL
        );
        CREATE INDEX checkpoint_job ON checkpoint(job);
        CREATE INDEX checkpoint_digest ON checkpoint(digest);
        CREATE TABLE data_set (
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            digest BLOB NOT NULL,
            manifest BLOB NOT NULL,
            registered_us INTEGER NOT NULL,
            removed INTEGER NOT NULL,
            PRIMARY KEY (name, version)
        ) WITHOUT ROWID;
        """

    /// Sweeps, and checkpoints that leave the disk as soon as they are let go.
    private static let version3 = """
        ALTER TABLE job ADD COLUMN failed_tries INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE discarded (
            discarded INTEGER PRIMARY KEY,
            manifest BLOB NOT NULL
        );
        CREATE TRIGGER checkpoint_discarded AFTER DELETE ON checkpoint BEGIN
            INSERT INTO discarded (manifest) VALUES (old.manifest);
        END;
        CREATE TABLE sweep (
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            digest BLOB NOT NULL,
            manifest BLOB NOT NULL,
            registered_us INTEGER NOT NULL,
            removed INTEGER NOT NULL,
            PRIMARY KEY (name, version)
        ) WITHOUT ROWID;
        """
}
