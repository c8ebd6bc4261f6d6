import ArgumentParser
import Client
import Messages
import Terminal

struct ModelsShowVerb: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one version of a model.")

    @Argument(help: "NAME, for the latest version, or NAME@VERSION.")
    var model: String
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let reference = try ModelReference(model)
        let stored = try service.connect().resolve(reference)
        switch printing.format {
        case .json: Print.json(stored.json)
        case .table: show(stored)
        }
    }

    private func show(_ model: StoredModel) {
        Print.fields([
            ("model", model.reference.description), ("size", Quantity.bytes(model.byteCount)),
            ("added", Print.time(model.registeredAt)), ("digest", model.digest.hex),
        ])
        guard let files = model.manifest?.files else { return }
        var table = Table([.init("FILE"), .init("SIZE", .trailing), .init("SHA-256", maximumWidth: 64)])
        for file in files { table.append([file.path, Quantity.bytes(file.size), file.digest.hex]) }
        Print.line("")
        Print.table(table)
    }
}
