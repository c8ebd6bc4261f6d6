import ArgumentParser
import Client
import Foundation
import Messages
import Sweep
import SweepController
import SweepFile
import Tasks
import Terminal

struct SweepRunVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Begin a sweep: of a file in W&B's format, or of the settings that BERT's paper tried.",
        discussion: """
            What the sweep will cost is told before the first trial. A controller is left in the background, which \
            neither Ctrl-C nor a closed terminal reaches; this verb looks on until the sweep is over. Trials are neither \
            registered nor served: 'bertctl sweep promote' does that with the best of them.
            """)

    @Argument(help: ArgumentHelp("What to search, as YAML (see 'bertctl sweep init').", valueName: "file"))
    var file: String?
    @Option(
        help: ArgumentHelp("The training data: a file, a folder of a known data set, or a name.", valueName: "data"))
    var data: String?
    @OptionGroup(title: "The data") var arguments: DataArguments
    @Option(help: ArgumentHelp("What trials are compared on; without it some rows are held back.", valueName: "data"))
    var dev: String?
    @Option(help: ArgumentHelp("What only the winner is scored on, once.", valueName: "data"))
    var test: String?
    @Option(help: "To begin with: NAME, for the latest version, or NAME@VERSION.")
    var model: String?
    @Option(help: "What to call the sweep; by default as its file or its data are called.")
    var name: String?
    @Option(help: ArgumentHelp("Trials in all.", valueName: "count"))
    var trials: Int?
    @Option(help: ArgumentHelp("random, grid, tpe or bayes.", valueName: "name"))
    var sampler: String?
    @Option(help: ArgumentHelp("none, asha, hyperband or median.", valueName: "name"))
    var pruner: String?
    @Option(help: ArgumentHelp("Trials at once; by default as many as there are training workers.", valueName: "count"))
    var maxParallel: Int?
    @Option(help: ArgumentHelp("Finished trials whose checkpoints stay, the best.", valueName: "count"))
    var keepBest: Int = 1
    @Option(
        help: ArgumentHelp("Any hyper-parameter, the same in all trials; may be repeated.", valueName: "name=value"))
    var set: [String] = []
    @Flag(help: "Tell what the sweep will cost, and stop.")
    var dryRun = false
    @OptionGroup(title: "While it runs") var attending: SweepAttendance
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        for (flag, count) in [("--trials", trials), ("--max-parallel", maxParallel), ("--keep-best", keepBest)] {
            if let count, count < 1 { throw ValidationError("\(flag) is \(count), expected 1 or more") }
        }
        if let sampler, SamplerName(rawValue: sampler) == nil {
            throw ValidationError("--sampler is '\(sampler)', expected \(Self.words(SamplerName.allCases))")
        }
        if let pruner, PrunerName(rawValue: pruner) == nil {
            throw ValidationError("--pruner is '\(pruner)', expected \(Self.words(PrunerName.allCases))")
        }
    }

    private static func words<Choice: RawRepresentable<String>>(_ choices: [Choice]) -> String {
        choices.map(\.rawValue).joined(separator: ", ")
    }

    func run() throws {
        let plan = try plan()
        let draft = try SweepDraft(plan, fixed: set, columns: arguments.columns, file: file, name: name)
        let client = try service.connect()
        let definition = try draft.definition(
            client, trials: trials, keep: keepBest, maxParallel: maxParallel,
            deadline: attending.deadline(after: Date()))
        let catalog = SweepCatalog(client)
        let other = try catalog.find(definition.name)
        if let other {
            guard other.isSameSearch(as: definition) else {
                throw Failure.usage(
                    "there is another sweep '\(definition.name)'; go on with it by 'bertctl sweep resume', or give this "
                        + "one a --name")
            }
            Print.note("this very sweep is there already")
        }
        try SweepCost(SweepController(client, definition).estimate()).tell()
        guard !dryRun else { return Print.note("a dry run: nothing was trained") }
        if other == nil {
            try catalog.save(definition)
        } else {
            try catalog.change(definition.name) { there in
                (there.intent, there.deadline) = (.run, definition.deadline)
                there.study.trials = max(there.study.trials, definition.study.trials)
            }
        }
        try attending.attend(definition.name, client, service)
    }

    private func plan() throws -> SweepPlan {
        var flags: [BaseName: String] = [:]
        let task = arguments.regression ? TaskName.regression.rawValue : arguments.task
        for (name, value) in [
            (BaseName.task, task), (.data, data), (.dev, dev), (.test, test), (.model, model), (.text, arguments.text),
            (.text2, arguments.text2), (.label, arguments.label),
        ] {
            if let value { flags[name] = value }
        }
        var plan: SweepPlan
        if let file {
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw Failure.noInput(path: file, reason: String(cString: strerror(errno)))
            }
            let read = try PlanFile.read([UInt8](bytes), path: file, flags: flags)
            for line in read.warningLines { Print.note("warning: \(line)") }
            try read.requireBase()
            plan = read.plan
        } else {
            plan = try .paper(base: flags)
            guard plan.missing.isEmpty else {
                throw ValidationError("expected \(plan.missing.map(\.flag).joined(separator: " and "))")
            }
        }
        if let sampler = sampler.flatMap(SamplerName.init) { plan.sampler = sampler }
        if let pruner = pruner.flatMap(PrunerName.init) { plan.pruner = pruner }
        guard plan.sampler != .grid || plan.space.gridCount != nil else {
            throw ValidationError(
                "the sampler is 'grid', expected random, tpe or bayes: a parameter has no end of values")
        }
        return plan
    }
}

struct SweepInitVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write the search of BERT's paper as a file to change.")
    @Option(help: ArgumentHelp("Where to write; by default to stdout.", valueName: "file"))
    var output: String?
    @Option(help: ArgumentHelp("What is to be learned.", valueName: "name"))
    var task: String?

    func run() throws {
        let text = try SweepPlan.paper(base: task.map { [.task: $0] } ?? [:]).commentedYAML
        guard let output else { return Print.data(text) }
        guard !FileManager.default.fileExists(atPath: output) else {
            throw Failure.cannotWrite(path: output, reason: "it is there already")
        }
        do {
            try Data(text.utf8).write(to: URL(filePath: output))
        } catch {
            throw Failure.cannotWrite(path: output, reason: error.localizedDescription)
        }
    }
}
