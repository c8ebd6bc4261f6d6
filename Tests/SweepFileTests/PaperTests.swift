import Sweep
import SweepFile
import Tasks
import Testing

/// The search without a file, and the file that `sweep init` writes of it.
@Suite struct PaperTests {
    @Test(arguments: TaskName.allCases) func theSearchOfThePaperReadsBackFromItsFile(task: TaskName) throws {
        let base: [BaseName: String] = [
            .task: task.rawValue, .data: "my reviews: \"all\".csv", .model: "all-MiniLM-L6-v2@3", .text: "Satz\u{85}é",
        ]
        let plan = try SweepPlan.paper(base: base)
        let read = try planFile(plan.commentedYAML)
        #expect(read.plan == plan)
        #expect(read.warnings.isEmpty)
        try read.requireBase()
    }

    @Test func theSearchOfThePaperIsTheTableOfItsAppendix() throws {
        let plan = try SweepPlan.paper(base: [:])
        #expect(plan.trials == 18 && plan.rungs == [1] && plan.reduction == 3 && plan.pruner == .asha)
        #expect(plan.metric == .macroF1 && plan.direction == .maximize && plan.missing == [.data, .model])
        #expect(plan.definition(trials: 1).trials == 18)
        #expect(throws: OptionError.self) { try SweepPlan.paper(base: [.task: "mprc"]) }
    }

    @Test func theFileSaysWhatEachLineIsFor() throws {
        let plan = try SweepPlan.paper(base: [.data: "reviews.csv", .label: "stars"])
        #expect(
            plan.commentedYAML == """
                # A sweep of bertd: 'bertctl sweep run' with this file's name.
                # The schema is W&B's; keys that begin with x- are bertd's own.

                # How settings are found: random, grid, or bayes (a Gaussian process); 'x-sampler: tpe' wins over it.
                method: grid
                # Trials in all.
                run_cap: 18
                # Of all that is random in the search.
                x-seed: 0

                # What a trial is judged by, on the development set: loss, macro_f1, accuracy, f1, precision, recall, \
                weighted_f1, matthews_correlation.
                metric:
                  name: macro_f1
                  goal: maximize

                parameters:
                  # What all trials share; what is missing here is given as flags.
                  # task: {value: NAME}
                  data:
                    value: reviews.csv
                  # dev: {value: FILE}
                  # test: {value: FILE}
                  # model: {value: NAME}
                  # text: {value: COLUMN}
                  # text2: {value: COLUMN}
                  label:
                    value: stars

                  # Any hyper-parameter that 'bertctl finetune --list-settings' lists, fixed or searched.
                  # Learning rate at the end of the warm-up. Takes a number above 0 and at most 1.
                  learning_rate:
                    values: [5e-05, 3e-05, 2e-05]
                  # Examples whose gradients are summed at once. Takes a whole number from 1 to 4096.
                  batch_size:
                    values: [16, 32]
                  # Passes over the training data. Takes a whole number from 1 to 10000.
                  epochs:
                    values: [2, 3, 4]

                # Which trials are stopped early: none; asha, where a trial waits until it is among the best at its rung;
                # hyperband, where it goes on at once or never; median, where it must be better than half.
                x-pruner: asha
                # The epochs after which trials are compared.
                x-rungs: [1]
                # One trial in so many goes on from a rung.
                x-reduction: 3

                # Trials at once; by default as many as there are workers.
                # x-max-parallel: 2
                # How often a stretch of a trial that failed is tried again, elsewhere where there is an elsewhere.
                x-retries: 2
                # Runs a trial, each with a seed of its own; its score is their mean.
                x-seeds-per-trial: 1

                """)
    }
}
