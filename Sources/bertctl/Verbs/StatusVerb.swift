import ArgumentParser
import Client
import Messages
import Terminal

struct StatusVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show the service; exit 0 only when a worker is ready.")

    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let client = try service.connect()
        let status = try client.status()
        switch printing.format {
        case .table: show(status, at: client.server)
        case .json: Print.json(json(status, at: client.server))
        }
        guard status.workers.contains(where: { $0.state == .ready }) else { throw Failure.notReady }
    }

    private func show(_ status: ServiceStatus, at server: Server) {
        Print.fields([
            ("server", "\(server), bertd \(status.serverVersion), up \(Print.age(status.startedAt))"),
            ("jobs", "\(Quantity.count(status.openJobs)) open, \(Quantity.count(status.queuedTokens)) tokens queued"),
            ("events", "\(status.firstSeq) to \(status.lastSeq), start \(status.boot)"),
            ("memory", Quantity.bytes(status.residentBytes)), ("journal", Quantity.bytes(status.journalBytes)),
        ])
        var workers = Table([
            .init("WORKER"), .init("STATE"), .init("CLASS"), .init("HOST"), .init("PID", .trailing),
            .init("LANES", .trailing), .init("LEASED", .trailing), .init("MODELS", .trailing), .init("KERNELS"),
        ])
        for worker in status.workers {
            workers.append([
                worker.workerID.string, worker.state.rawValue, worker.workerClass.rawValue, worker.host,
                "\(worker.processID)", "\(worker.lanes)", Quantity.count(worker.leasedTokens), "\(worker.models.count)",
                worker.kernels,
            ])
        }
        Print.line("")
        Print.table(workers)
        var numbers = Table([.init("NAME"), .init("VALUE", .trailing)])
        for counter in status.counters { numbers.append([counter.name, Quantity.count(counter.value)]) }
        for setting in status.settings { numbers.append([setting.name, setting.value]) }
        Print.line("")
        Print.table(numbers)
    }

    private func json(_ status: ServiceStatus, at server: Server) -> JSON {
        .object([
            ("server", .string(server.description)), ("version", .string(status.serverVersion)),
            ("log_id", .string(String(status.logID, radix: 16))), ("boot", .int(status.boot)),
            ("first_seq", .int(status.firstSeq)), ("last_seq", .int(status.lastSeq)),
            ("started_at", .string(Print.time(status.startedAt))), ("open_jobs", .int(status.openJobs)),
            ("queued_tokens", .int(status.queuedTokens)), ("queued_bytes", .int(status.queuedBytes)),
            ("journal_bytes", .int(status.journalBytes)), ("resident_bytes", .int(status.residentBytes)),
            ("workers", .array(status.workers.map(json))),
            ("counters", .object(status.counters.map { ($0.name, .int($0.value)) })),
            ("settings", .object(status.settings.map { ($0.name, .string($0.value)) })),
        ])
    }

    private func json(_ worker: WorkerSummary) -> JSON {
        .object([
            ("worker_id", .string(worker.workerID.string)), ("state", .string(worker.state.rawValue)),
            ("class", .string(worker.workerClass.rawValue)), ("host", .string(worker.host)),
            ("pid", .int(worker.processID)), ("lanes", .int(worker.lanes)),
            ("leased_tokens", .int(worker.leasedTokens)),
            ("credit_tokens", .int(worker.creditTokens)), ("models", .array(worker.models.map { .string($0.hex) })),
            ("kernels", .string(worker.kernels)),
        ])
    }
}
