import ArgumentParser
import Messages

struct TagVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Find names, or slots, in texts.",
        discussion: """
            With --output the input is written again with the columns tags (JSON: label, text, start, end, score of each; \
            places in Unicode scalars) and truncated; a joint model adds label and score of the whole text. The same \
            command given again after an interruption goes on where it stood.
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
        guard rows.text2 == nil else { throw ValidationError("texts are tagged alone: there is no --text2 here") }
    }

    func run() throws {
        let given = texts.map { InputRow(text: Text($0)) }
        let work = RowWork.tag(maxTokens: rows.maxTokens, isStrict: rows.strict)
        try rows.run(work, given: given, printing: printing.format, service: service)
    }
}
