import ArgumentParser
import Client
import Messages

struct DataListVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List data sets and their versions.")

    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        StoredList(title: "DATA", models: try service.connect().models(kind: .data)).show(printing.format)
    }
}
