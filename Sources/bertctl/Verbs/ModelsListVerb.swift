import ArgumentParser
import Client
import Messages

struct ModelsListVerb: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List models and their versions.")

    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        StoredList(title: "MODEL", models: try service.connect().models()).show(printing.format)
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
