import ArgumentParser
import Client
import Messages
import Terminal

struct ModelsListVerb: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List models and their versions.")

    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let models = try service.connect().models()
        switch printing.format {
        case .json: for model in models { Print.json(model.json) }
        case .table:
            var table = Table([.init("MODEL"), .init("SIZE", .trailing), .init("ADDED", .trailing), .init("DIGEST")])
            for model in models {
                table.append([
                    model.reference.description, Quantity.bytes(model.byteCount),
                    "\(Print.age(model.registeredAt)) ago",
                    String(model.digest.hex.prefix(12)),
                ])
            }
            Print.table(table)
        }
    }
}

extension StoredModel {
    var json: JSON {
        .object([
            ("model", .string(reference.description)), ("name", .string(name.string)), ("version", .int(version)),
            ("digest", .string(digest.hex)), ("bytes", .int(byteCount)),
            ("registered_at", .string(Print.time(registeredAt))),
            (
                "files",
                .optional(manifest) {
                    .array(
                        $0.files.map {
                            .object([
                                ("path", .string($0.path)), ("bytes", .int($0.size)),
                                ("sha256", .string($0.digest.hex)),
                            ])
                        })
                }
            ),
        ])
    }
}
