import Client
import Messages
import Terminal

/// Carries rows to the service and what they came to to the output, in order, with a bounded window in between.
struct RowRun {
    /// What was submitted and has not been written.
    private struct Portion {
        let rows: [InputRow]
        let firstRow: Int
        var attempt = 0
        var jobID: Identifier?
        var result: JobResult?
    }

    private let client: Client
    private let recipe: RowRecipe
    private let output: any RowOutput
    private var window: [Portion] = []
    private var places: [Identifier: Int] = [:]
    /// Portions that have been written: where `window` begins.
    private var written = 0
    private var rowsRead = 0
    private var report = RowReport()

    private static let windowJobs = 512
    private static let windowRows = 8192
    private static let windowBytes = 8 << 20
    /// The same job under another name, after a result that is no longer kept or an earlier failure.
    private static let attempts = 8

    init(_ client: Client, _ recipe: RowRecipe, _ output: any RowOutput) {
        self.client = client
        self.recipe = recipe
        self.output = output
    }

    mutating func run(_ feed: RowFeed) throws {
        var feed = feed
        let first = try feed.portion(count: recipe.rowsPerJob, byteCount: RowRecipe.bytesPerJob)
        guard !first.isEmpty else { throw Failure.damaged("there are no texts in the input") }
        let group = try recipe.group(startingWith: first, of: client.clientID)
        let submitter = try Submitter(client, group: group)
        var progress = ProgressLine(ProgressBar(recipe.work.title, unit: "texts"))
        var next = first
        while !next.isEmpty || !window.isEmpty {
            while !next.isEmpty, hasRoom(submitter) {
                try submit(next, to: submitter)
                next = try feed.portion(count: recipe.rowsPerJob, byteCount: RowRecipe.bytesPerJob)
            }
            if let ended = try submitter.next(timeout: .milliseconds(200)) { try settle(ended, submitter) }
            try writeInOrder()
            let rowsDone = window.first?.firstRow ?? rowsRead
            let share = rowsRead > 0 ? Double(rowsDone) / Double(rowsRead) : 0
            progress.show(done: rowsDone, fraction: feed.fraction.map { $0 * share })
        }
        progress.clear()
        try output.finish()
        report.tell()
        if report.rejectedCount > 0 { throw Failure.rowsRejected(report.rejectedCount) }
    }

    private func hasRoom(_ submitter: Submitter) -> Bool {
        guard let oldest = window.first else { return true }
        return window.count < Self.windowJobs && rowsRead - oldest.firstRow < Self.windowRows
            && submitter.openBytes < Self.windowBytes
    }

    private mutating func submit(_ rows: [InputRow], to submitter: Submitter) throws {
        window.append(Portion(rows: rows, firstRow: rowsRead))
        rowsRead += rows.count
        try submit(window.count - 1, to: submitter)
    }

    private mutating func submit(_ index: Int, to submitter: Submitter) throws {
        let portion = window[index]
        let command = try recipe.command(
            portion.rows, firstRow: portion.firstRow, attempt: portion.attempt, of: client.clientID,
            group: submitter.group)
        window[index].jobID = command.jobID
        places[command.jobID] = written + index
        do {
            try submitter.submit(command, rows: portion.rows.count)
        } catch .tooLarge(let byteCount, let limit) {
            throw Failure.damaged(
                "row \(portion.firstRow + 1) and what goes with it make a command of \(byteCount) bytes, expected at most \(limit)"
            )
        } catch {
            throw error
        }
    }

    private mutating func settle(_ ended: EndedJob, _ submitter: Submitter) throws {
        guard let index = places.removeValue(forKey: ended.jobID).map({ $0 - written }) else { return }
        switch ended.outcome {
        case .succeeded(let result, _):
            window[index].result = result
            return
        case .rejected(let error):
            throw ClientError.refused(error)
        case .expired: break
        case .failed(let error):
            if !ended.isOldNews { throw Failure.jobEnded("job '\(ended.jobID)' failed: \(error)") }
        case .dead(let error, let lost):
            if !ended.isOldNews {
                throw Failure.jobEnded("job '\(ended.jobID)' was given up after \(lost) lost workers: \(error)")
            }
        case .cancelled(let reason):
            if !ended.isOldNews {
                throw Failure.jobEnded("job '\(ended.jobID)' was cancelled\(reason.map { ": \($0)" } ?? "")")
            }
        }
        window[index].attempt += 1
        guard window[index].attempt < Self.attempts else {
            throw Failure.jobEnded("job '\(ended.jobID)' has ended without a result \(Self.attempts) times")
        }
        try submit(index, to: submitter)
    }

    private mutating func writeInOrder() throws {
        while let portion = window.first, let result = portion.result {
            try output.append(result, rows: portion.rows, firstRow: portion.firstRow)
            report.add(result.notes, firstRow: portion.firstRow)
            window.removeFirst()
            written += 1
        }
    }
}
