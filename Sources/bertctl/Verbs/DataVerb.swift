import ArgumentParser

struct DataVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "The data sets that the service can train on.",
        subcommands: [DataAddVerb.self, DataListVerb.self, DataRemoveVerb.self])
}
