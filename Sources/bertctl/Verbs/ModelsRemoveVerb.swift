import ArgumentParser
import Client
import Messages

struct ModelsRemoveVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a version of a model, or all of them.")

    @Argument(help: "NAME, for all versions, or NAME@VERSION.")
    var model: String
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let reference = try ModelReference(model)
        for removed in try service.connect().remove(reference) {
            switch printing.format {
            case .table: Print.line(removed.reference.description)
            case .json: Print.json(removed.json)
            }
        }
    }
}
