import ArgumentParser

struct SweepVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Try many fine-tunes, and keep the best.",
        discussion: """
            A sweep is known by its name to the service, and goes on from its log whoever controls it: 'run' starts a \
            controller that outlives this terminal, 'watch' shows it from any machine, 'resume' starts another where \
            one was killed.
            """,
        subcommands: [
            SweepRunVerb.self, SweepInitVerb.self, SweepResumeVerb.self, SweepWatchVerb.self, SweepListVerb.self,
            SweepStatusVerb.self, SweepTrialsVerb.self, SweepBestVerb.self, SweepPauseVerb.self, SweepStopVerb.self,
            SweepCancelVerb.self, SweepExportVerb.self, SweepPromoteVerb.self, SweepControlVerb.self,
        ])
}

/// Which sweep a verb is about.
struct SweepArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The sweep's name.", valueName: "sweep"))
    var name: String
}
