import ArgumentParser
import Client
import Foundation
import Messages

/// Which rows a verb is to work on, and where what they come to goes.
struct RowArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file: CSV, or TSV or JSON lines by its name, or without --text a text a line; - for stdin.",
            valueName: "file"))
    var input: String?
    @Option(help: ArgumentHelp("The column, or the JSON member, that holds the text.", valueName: "column"))
    var text: String?
    @Option(help: ArgumentHelp("The one that holds the second text of a pair.", valueName: "column"))
    var text2: String?
    @Option(
        help: ArgumentHelp(
            "Write the input again, all its columns in their order, with what was found after them.",
            valueName: "file"))
    var output: String?
    @Option(help: "NAME, for the latest version, or NAME@VERSION.")
    var model: String
    @Option(help: ArgumentHelp("Cut texts after so many tokens, the special ones included.", valueName: "count"))
    var maxTokens: Int?
    @Flag(help: "Fail when one text is bad; without it a bad text fails alone.")
    var strict = false
    @Option(help: "Before all bulk work or with it; by default files are bulk.")
    var priority: Priority?
    @Option(help: ArgumentHelp("Texts in one job of a file.", valueName: "count"))
    var textsPerJob = 256

    func validate() throws {
        guard input != nil || (text == nil && text2 == nil) else {
            throw ValidationError("--text and --text2 need --input")
        }
        guard text != nil || text2 == nil else { throw ValidationError("--text2 needs --text") }
        guard (1...Limits.maxRows).contains(textsPerJob) else {
            throw ValidationError("--texts-per-job is \(textsPerJob), expected 1 to \(Limits.maxRows)")
        }
        if let maxTokens, maxTokens < 2 {
            throw ValidationError("--max-tokens is \(maxTokens), expected at least 2")
        }
        if let output { _ = try outputLayout(output, separator: 0) }
    }

    /// Does the work on `given`, or on the rows of the file, and writes or prints what came of it.
    func run(_ work: RowWork, given: [InputRow], printing: Format, service: ServiceOptions) throws {
        // First what can be told without a service: a wrong name is not worth a round trip.
        let reference = try ModelReference(model)
        let feed = try input.map { try RowFeed(file: $0, layout) } ?? RowFeed(given)
        let client = try service.connect()
        let recipe = RowRecipe(
            work, model: try client.resolve(reference).reference,
            priority: priority ?? (input == nil ? .interactive : .bulk), rowsPerJob: textsPerJob)
        Interruption.say("what was submitted goes on; the same command picks it up")
        let output: any RowOutput =
            if let output {
                try OutcomeTable(
                    output, try outputLayout(output, separator: feed.heading?.separator ?? UInt8(ascii: ",")),
                    work.kind,
                    names: feed.heading?.names ?? [])
            } else {
                OutcomePrinter(printing, work.kind)
            }
        try Print.noteIdleService(client)
        var run = RowRun(client, recipe, output)
        try run.run(feed)
    }

    private var layout: FileLayout {
        text.map { FileLayout(path: input ?? "", text: $0, second: text2) } ?? .lines
    }

    /// As the output's name says, where it can hold what the input does.
    private func outputLayout(_ path: String, separator: UInt8) throws(ValidationError) -> OutcomeTable.Layout {
        let isTable = if case .table = layout { true } else { false }
        let isJSON = if case .jsonLines = layout { true } else { false }
        switch URL(filePath: path).pathExtension.lowercased() {
        case "csv" where !isJSON:
            // What came with tabs and no quoting has commas now.
            return .quoted(separator == Heading.tab ? UInt8(ascii: ",") : separator)
        case "tsv" where !isJSON, "tab" where !isJSON: return .plainTabs
        case "jsonl" where !isTable, "ndjson" where !isTable: return .jsonLines
        default:
            let names = isJSON ? ".jsonl" : isTable ? ".csv or .tsv" : ".csv, .tsv or .jsonl"
            throw ValidationError("--output is '\(path)', expected a name that ends in \(names), as the input has it")
        }
    }
}
