import ArgumentParser
import Client
import Messages

struct DataRemoveVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a version of a data set, or all of them.")

    @Argument(help: "NAME, for all versions, or NAME@VERSION.")
    var data: String
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let reference = try ModelReference(data)
        for removed in try service.connect().remove(reference, kind: .data) {
            switch printing.format {
            case .table: Print.line(removed.reference.description)
            case .json: Print.json(removed.json)
            }
        }
    }
}
