import Messages

extension Samples {
    mutating func text(isValid: Bool) -> Text { isValid || bool() ? Text(string()) : Text(bytes: bytes()) }

    mutating func texts(areValid: Bool) -> [Text] {
        [Text(string())] + many(upTo: 20) { $0.text(isValid: areValid) }
    }

    mutating func embed(ofValidText isStrict: Bool) throws -> Embed {
        Embed(
            model: try reference(), texts: texts(areValid: isStrict),
            pooling: maybe { $0.string() }, layer: maybe { $0.number(upTo: 40) - 20 }, normalize: maybe { $0.bool() },
            dtype: maybe { $0.string() }, maxTokens: maybe { $0.number(upTo: Int(UInt32.max)) },
            prompt: maybe { $0.string() }, isStrict: isStrict, wantsNotices: bool())
    }

    /// - Parameter isStrict: every text is UTF-8, and the command says so
    mutating func command(ofValidText isStrict: Bool? = nil) throws -> Command {
        let isStrict = isStrict ?? bool()
        return Command(
            address: try address(), priority: pick(Priority.allCases),
            body: next() % 8 > 0 ? .work(try work(ofValidText: isStrict)) : .cancel(reason: maybe { $0.string() }))
    }

    mutating func note() -> RowNote {
        RowNote(
            row: number(),
            status: pick([
                .truncated(droppedTokens: number(upTo: Int(UInt32.max))), .empty, .rejected(error()), .unrecognised,
            ]))
    }

    mutating func rows() -> ResultRows {
        ResultRows(
            firstRow: number(), count: number(), elementType: pick(ElementType.allCases),
            shape: many { $0.number() }, digest: digest(),
            tokenCounts: many(upTo: 20) { UInt32(truncatingIfNeeded: $0.next()) }, notes: many { $0.note() },
            labels: many { $0.string() }, outcomes: many { $0.outcome() })
    }

    mutating func event() throws -> Event {
        Event(
            logID: next(), seq: maybe { $0.number() }, jobSeq: maybe { $0.number() }, lastSeq: maybe { $0.number() },
            time: time(), address: try maybe { try $0.address() }, isReplayed: bool(), body: try eventBody())
    }

    mutating func eventBody() throws -> Event.Body {
        let small = Int(UInt32.max)
        let bodies: [Event.Body] = [
            .accepted(
                Accepted(
                    rows: number(), model: try maybe { try $0.reference() },
                    settings: many { Setting(name: $0.string(), value: $0.string()) },
                    startFrom: maybe { $0.digest() }, stopAtStep: maybe { $0.number() },
                    totalSteps: maybe { $0.number() })),
            .rejected(error()), .started(workerID: try identifier()), .result(rows()),
            .succeeded(
                Succeeded(
                    usage: usage(), queueTime: microseconds(), totalTime: microseconds(),
                    model: try maybe { try $0.reference() }, metrics: many { $0.metric() },
                    checkpoint: maybe { $0.digest() })),
            .progress(progress()), .survey(survey()), .metrics(metrics()), .checkpoint(checkpoint()), .note(string()),
            .failed(error()), .dead(error(), lostWorkers: number(upTo: small)),
            .cancelled(reason: maybe { $0.string() }),
            .welcome(
                Welcome(
                    serverVersion: string(), protocolVersion: number(upTo: small), firstSeq: number(),
                    maxCommandBytes: number())),
            .heartbeat(Heartbeat(openJobs: number(), queuedTokens: number(), workers: number(upTo: small))),
            .worker(
                WorkerEvent(
                    workerID: try identifier(), state: pick(WorkerEvent.State.allCases),
                    workerClass: pick(WorkerClass.allCases), host: string(), processID: number(upTo: small),
                    lanes: number(upTo: small))),
            .unrecognised,
        ]
        return pick(bodies)
    }

    mutating func manifest() throws -> Manifest {
        var files: [ManifestFile] = []
        for index in 0...Int(next() % 5) {
            let path = pick(["", "deep/er/", "ünï/"]) + "\(index)" + name("._- ", upTo: 20)
            files.append(try ManifestFile(path: path, size: number(upTo: 1 << 40), digest: digest()))
        }
        return try Manifest(files)
    }

    mutating func model() throws -> StoredModel {
        StoredModel(
            name: try modelName(), version: number(upTo: Int(UInt32.max) - 1) + 1, digest: digest(),
            byteCount: number(), registeredAt: time(), manifest: try maybe { try $0.manifest() },
            kind: pick(StoredKind.allCases))
    }

    mutating func request() throws -> Request {
        let bodies: [Request.Body] = [
            .fetch(
                Fetch(
                    jobID: try identifier(), firstRow: number(), count: number(),
                    wait: .milliseconds(number(upTo: 60_000)))),
            .replay(
                Replay(
                    logID: maybe { $0.next() }, afterSeq: number(), filter: string(), limit: number(upTo: 999) + 1)),
            .show(jobID: try identifier()),
            .list(
                ListJobs(
                    state: maybe { $0.pick(JobState.allCases.filter { $0 != .unrecognised }) },
                    group: try maybe { try $0.identifier() }, limit: number(upTo: 999) + 1)),
            .status,
            .put(Put(digest: digest(), size: 1 << 53, offset: number(upTo: 1 << 52), bytes: maybe { $0.bytes() })),
            .get(digest(), offset: number()),
            .register(name: try modelName(), try manifest(), kind: pick(StoredKind.known)),
            .listModels(name: try maybe { try $0.modelName() }, kind: pick(StoredKind.known)),
            .removeModel(try reference(), kind: pick(StoredKind.known)), .releaseCheckpoints(of: try identifier()),
        ]
        return Request(id: next(), body: pick(bodies))
    }

    mutating func job() throws -> JobSummary {
        JobSummary(
            address: try address(), kind: string(), model: try maybe { try $0.reference() },
            priority: pick(Priority.allCases), state: pick(JobState.allCases), rows: number(), rowsDone: number(),
            acceptedAt: time(), finishedAt: maybe { $0.time() }, lostWorkers: number(upTo: Int(UInt32.max)),
            failedTries: number(upTo: Int(UInt32.max)), error: maybe { $0.error() },
            checkpoint: maybe { $0.checkpoint() }, result: try maybe { try $0.reference() })
    }

    mutating func worker() throws -> WorkerSummary {
        WorkerSummary(
            workerID: try identifier(), workerClass: pick(WorkerClass.allCases), host: string(),
            processID: number(upTo: Int(UInt32.max)), lanes: number(upTo: Int(UInt32.max)),
            state: pick(WorkerSummary.State.allCases), leasedTokens: number(), creditTokens: number(),
            models: many { $0.digest() }, kernels: string())
    }

    mutating func service() throws -> ServiceStatus {
        ServiceStatus(
            serverVersion: string(), logID: next(), boot: number(), firstSeq: number(), lastSeq: number(),
            startedAt: time(), openJobs: number(), queuedTokens: number(), queuedBytes: number(),
            workers: try many { try $0.worker() },
            counters: many { Counter(name: $0.string(), value: $0.number()) },
            settings: many { Setting(name: $0.string(), value: $0.string()) },
            journalBytes: number(), residentBytes: number(), freeBytes: maybe { $0.number() })
    }

    mutating func reply() throws -> Reply {
        let bodies: [Reply.Body] = [
            .error(error()), .page(Page(job: try job(), rows: maybe { $0.rows() })),
            .events(
                EventsPage(
                    logID: next(), outcome: pick(EventsPage.Outcome.allCases), nextSeq: number(), firstSeq: number(),
                    frames: try many { try $0.event().encoded() })),
            .job(try job()), .jobs(try many { try $0.job() }), .service(try service()), .stored(have: number()),
            .piece(bytes(), ofSize: number()),
            .released(byteCount: number()),
            .model(try model()), .models(try many { try $0.model() }), .unrecognised,
        ]
        return Reply(requestID: next(), body: pick(bodies))
    }

    mutating func fence() -> Fence { Fence(rawValue: next()) }

    mutating func fromWorker() throws -> FromWorker {
        let small = Int(UInt32.max)
        return pick([
            .hello(
                Hello(
                    version: string(), workerID: try identifier(), nonce: next(),
                    workerClass: pick(WorkerClass.allCases), host: string(), processID: number(upTo: small),
                    lanes: number(upTo: small), creditTokens: number(), held: many { $0.fence() },
                    models: many { $0.digest() }, kernels: string())),
            .beat(Beat(nonce: next(), fences: many { $0.fence() }, models: many { $0.digest() })),
            .finished(
                Finished(
                    fence: fence(), chunks: many { $0.rows() }, usage: usage(), maxTokens: number(upTo: small),
                    run: try maybe { RunResult(model: try $0.manifest(), metrics: $0.many { $0.metric() }) })),
            .report(try report()),
            .unfinished(
                Unfinished(fence: fence(), reason: pick(Unfinished.Reason.allCases), error: maybe { $0.error() })),
            .bye,
        ])
    }

    mutating func fromBroker(ofValidText isValid: Bool = false) throws -> FromBroker {
        pick([
            .welcome(WorkerWelcome(beat: milliseconds(), keep: many { $0.fence() })),
            .leases(
                try many {
                    Lease(
                        fence: $0.fence(), jobID: try $0.identifier(), firstRow: $0.number(),
                        priority: $0.pick(Priority.allCases), model: $0.digest(),
                        work: try $0.work(ofValidText: isValid || $0.bool()), resumeFrom: $0.maybe { $0.digest() })
                }),
            .settled(many { $0.fence() }), .revoke(many { $0.fence() }), .whoAreYou,
            .recorded(fence(), number: number()),
        ])
    }
}
