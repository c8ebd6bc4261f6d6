import ArgumentParser
import Client
import Messages
import Tasks

struct EmbedVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed",
        abstract: "Turn texts into vectors.",
        discussion: """
            The same command given again after an interruption goes on where it stood: what the service has done is \
            fetched, not done again.
            """)

    @Argument(help: ArgumentHelp("The texts themselves.", valueName: "text"))
    var texts: [String] = []

    @Option(help: ArgumentHelp("A file with a text a line, or - for stdin.", valueName: "file"))
    var input: String?
    @Option(help: ArgumentHelp("The file has a JSON object a line; take this member.", valueName: "name"))
    var field: String?
    @Option(
        name: .customLong("text"),
        help: ArgumentHelp("The file is CSV, or TSV or JSON lines by its name; take this column.", valueName: "column"))
    var column: String?

    @Option(help: "NAME, for the latest version, or NAME@VERSION.")
    var model: String
    @OptionGroup(title: "How to embed") var embedding: EmbeddingArguments
    @Option(help: ArgumentHelp("Write the vectors to a .npy or .jsonl file.", valueName: "file"))
    var output: String?
    @Option(help: "Before all bulk work or with it; by default files are bulk.")
    var priority: Priority?
    @Option(help: ArgumentHelp("Texts in one job of a file.", valueName: "count"))
    var textsPerJob = 256
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        guard texts.isEmpty == (input != nil) else {
            throw ValidationError("expected either texts or --input FILE (texts that begin with '-' after --)")
        }
        guard field == nil || column == nil else {
            throw ValidationError("expected one of --field and --text, found both")
        }
        guard input != nil || (field == nil && column == nil) else {
            throw ValidationError("--field and --text need --input")
        }
        guard (1...Limits.maxRows).contains(textsPerJob) else {
            throw ValidationError("--texts-per-job is \(textsPerJob), expected 1 to \(Limits.maxRows)")
        }
        if let output { try VectorFile.check(output, embedding.pooling) }
    }

    func run() throws {
        // First what can be told without a service: a wrong name is not worth a round trip.
        let reference = try ModelReference(model)
        let options = try embedding.options
        let feed =
            try input.map { try RowFeed(file: $0, layout(of: $0)) } ?? RowFeed(texts.map { InputRow(text: Text($0)) })
        let client = try service.connect()
        let stored = try client.resolve(reference)
        let recipe = RowRecipe(
            .embed(options), model: stored.reference, priority: priority ?? (input == nil ? .interactive : .bulk),
            rowsPerJob: options.pooling == .tokens ? min(textsPerJob, 8) : textsPerJob)
        Interruption.say("what was submitted goes on; the same command picks it up")
        let vectors: any RowOutput =
            if let output { try VectorFile.open(output, options.resultType) } else { VectorPrinter(printing.format) }
        try Print.noteIdleService(client)
        var run = RowRun(client, recipe, vectors)
        try run.run(feed)
    }

    private func layout(of path: String) -> FileLayout {
        if let field { return .jsonLines(text: field, second: nil) }
        return column.map { FileLayout(path: path, text: $0, second: nil) } ?? .lines
    }
}
