import ArgumentParser
import Foundation
import Messages

struct AskVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Find the answers to questions in a text.",
        discussion: """
            With --input, --text names the column of the questions and --text2 that of their contexts; with --output the \
            input is written again with the columns answer, score, start, end (in Unicode scalars of the context) and \
            truncated. An answer that is empty says that the context holds none.
            """)

    @Option(help: ArgumentHelp("A question; may be repeated.", valueName: "text"))
    var question: [String] = []
    @Option(help: ArgumentHelp("The text that may hold the answers.", valueName: "text"))
    var context: String?
    @Option(help: ArgumentHelp("A file with that text, or - for stdin.", valueName: "file"))
    var contextFile: String?
    @Option(help: ArgumentHelp("Answers a question. (default: 1)", valueName: "count"))
    var nBest: Int?
    @Option(help: ArgumentHelp("Tokens of the longest answer. (default: 30)", valueName: "count"))
    var maxAnswerTokens: Int?
    @Option(
        help: ArgumentHelp(
            "Tokens of the context from the start of one window to the next. (default: 128)", valueName: "count"))
    var stride: Int?
    @Option(
        help: ArgumentHelp(
            "No answer when it scores better by more than this; by default as the model was tuned.",
            valueName: "number"))
    var nullThreshold: Double?
    @OptionGroup var rows: RowArguments
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        guard question.isEmpty == (rows.input != nil) else {
            throw ValidationError("expected either --question TEXT or --input FILE")
        }
        if rows.input == nil {
            guard (context == nil) != (contextFile == nil) else {
                throw ValidationError("expected one of --context TEXT and --context-file FILE")
            }
        } else {
            guard rows.text2 != nil, context == nil, contextFile == nil else {
                throw ValidationError("with --input, expected --text COLUMN and --text2 COLUMN, and no other context")
            }
        }
        if let nBest, !(1...Limits.maxAnswers).contains(nBest) {
            throw ValidationError("--n-best is \(nBest), expected 1 to \(Limits.maxAnswers)")
        }
        for (name, value) in [("--max-answer-tokens", maxAnswerTokens), ("--stride", stride)] {
            if let value, value < 1 { throw ValidationError("\(name) is \(value), expected at least 1") }
        }
        if let nullThreshold, !nullThreshold.isFinite {
            throw ValidationError("--null-threshold is \(nullThreshold), expected a number")
        }
    }

    func run() throws {
        var options = AnswerOptions()
        (options.nBest, options.maxAnswerTokens, options.stride) = (nBest, maxAnswerTokens, stride)
        (options.nullThreshold, options.maxTokens, options.isStrict) = (nullThreshold, rows.maxTokens, rows.strict)
        let context = try contextFile.map(text) ?? Text(context ?? "")
        let given = question.map { InputRow(text: Text($0), second: context) }
        try rows.run(.answer(options), given: given, printing: printing.format, service: service)
    }

    private func text(of path: String) throws -> Text {
        let reader = try ByteReader(path)
        try reader.skipByteOrderMark()
        var bytes: [UInt8] = []
        let limit = Limits.maxCommandBytes
        _ = try reader.take(until: { _ in false }, into: &bytes, limit: limit)
        guard bytes.count < limit else {
            throw Failure.damaged("\(reader.path) has \(limit) bytes or more, expected a context that fits a command")
        }
        return Text(bytes: bytes)
    }
}
