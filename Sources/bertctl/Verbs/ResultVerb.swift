import ArgumentParser
import Client
import Messages
import Tasks

struct ResultVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "result", abstract: "Fetch a job's results, waiting for them where need be.")

    @Argument(help: ArgumentHelp("The job's id.", valueName: "job"))
    var jobID: String
    @Option(
        help: ArgumentHelp("Write vectors to a .npy or .jsonl file, other results to a .jsonl one.", valueName: "file"))
    var output: String?
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    private static let wait: Duration = .seconds(10)

    func validate() throws {
        if let output { try VectorFile.check(output, nil) }
    }

    func run() throws {
        let id = try Identifier(jobID)
        let client = try service.connect()
        let deadline = try service.patience().map { ContinuousClock.now + $0 }
        var sink: (any RowOutput)?
        var report = RowReport()
        var job = try client.job(id)
        if Work.Kind(rawValue: job.kind)?.workerClass == .training {
            throw Failure.usage("job '\(id)' has no rows, it is a run: see 'bertctl watch \(id)'")
        }
        var row = 0
        while row < job.rows {
            let wait = min(Self.wait, deadline.map { max(.zero, $0 - .now) } ?? Self.wait)
            let (page, tensor) = try client.fetch(Fetch(jobID: id, firstRow: row, count: job.rows - row, wait: wait))
            job = page.job
            if let rows = page.rows {
                var part = JobResult(rowCount: job.rows, firstRow: row)
                guard part.append(rows, tensor: tensor) else {
                    throw ClientError.unexpected(
                        expected: "rows from \(row)", found: "\(rows.count) from \(rows.firstRow)")
                }
                let open = try sink ?? self.sink(for: rows.elementType, of: job)
                sink = open
                try open.append(part, rows: [], firstRow: row)
                report.add(part.notes, firstRow: 0)
                row += rows.count
            } else if job.state.isTerminal {
                break
            } else if let deadline, ContinuousClock.now >= deadline {
                throw Failure.timedOut("job '\(id)' has \(row) of \(job.rows) rows so far; it goes on")
            }
        }
        if row == job.rows { try sink?.finish() }
        report.tell()
        if row < job.rows { try job.checkVerdict() }
    }

    private func sink(for type: ElementType, of job: JobSummary) throws -> any RowOutput {
        let kind = Work.Kind(rawValue: job.kind) ?? .embed
        guard kind == .embed else {
            guard let output else { return OutcomePrinter(printing.format, kind) }
            guard output.lowercased().hasSuffix(".jsonl") else {
                throw Failure.usage("--output is '\(output)', expected a name that ends in .jsonl for \(job.kind)")
            }
            return try OutcomeLines(output, kind)
        }
        guard let output else { return VectorPrinter(printing.format) }
        return try VectorFile.open(output, type == .float16 ? .float16 : .float32)
    }
}
