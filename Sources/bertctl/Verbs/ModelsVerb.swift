import ArgumentParser

struct ModelsVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "The models that the service can run.",
        subcommands: [
            ModelsAddVerb.self, ModelsListVerb.self, ModelsShowVerb.self, ModelsExportVerb.self, ModelsRemoveVerb.self,
        ])
}
