import ArgumentParser
import Messages

struct ClassifyVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Give texts, or pairs of them, their labels or values.",
        discussion: """
            With --output the input is written again with the columns label, score and truncated; a model for regression \
            gives score alone. The same command given again after an interruption goes on where it stood.
            """)

    @Argument(help: ArgumentHelp("The texts themselves.", valueName: "text"))
    var texts: [String] = []
    @OptionGroup var rows: RowArguments
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        guard texts.isEmpty == (rows.input != nil) else {
            throw ValidationError("expected either texts or --input FILE (texts that begin with '-' after --)")
        }
    }

    func run() throws {
        let given = texts.map { InputRow(text: Text($0)) }
        let work = RowWork.classify(maxTokens: rows.maxTokens, isStrict: rows.strict)
        try rows.run(work, given: given, printing: printing.format, service: service)
    }
}
