import ArgumentParser
import Client
import Messages

struct DataAddVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Give the service a file or a folder of data, once, and a name for it.",
        discussion: """
            A changed file is a new version; the same bytes keep theirs, and do not travel again. The same command given \
            again after an interruption goes on where it stood.
            """)

    @Argument(help: "A file or a folder.")
    var path: String
    @Option(help: "What to call it; by default as the file is called, without its ending.")
    var name: String?
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let source = try DataSource(path)
        guard source.isHere else { throw Failure.noInput(path: path, reason: "no such file or folder") }
        let name = try self.name.map(ModelName.init) ?? source.defaultName()
        let client = try service.connect()
        Interruption.say("interrupted; the same command goes on where it stood")
        let stored = try source.send(to: client, as: name)
        switch printing.format {
        case .table: Print.line(stored.reference.description)
        case .json: Print.json(stored.json)
        }
    }
}
