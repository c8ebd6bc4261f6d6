import ArgumentParser
import Client
import Foundation
import Messages
import Terminal

struct ModelsExportVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a model's folder, as Hugging Face's programs read it.",
        discussion: """
            The folder takes its name when it is complete. The same command given again after an interruption goes on \
            where it stood.
            """)

    @Argument(help: "NAME, for the latest version, or NAME@VERSION.")
    var model: String
    @Argument(help: "The folder to be made.")
    var folder: String
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let reference = try ModelReference(model)
        let target = URL(filePath: folder)
        guard !FileManager.default.fileExists(atPath: target.path) else {
            throw Failure.cannotWrite(path: folder, reason: "it is there already")
        }
        let client = try service.connect()
        let stored = try client.resolve(reference)
        Interruption.say("interrupted; the same command goes on where it stood")
        try ModelDownload(client: client, model: stored).run(to: target)
        switch printing.format {
        case .table: Print.line(folder)
        case .json: Print.json(stored.json)
        }
    }
}
