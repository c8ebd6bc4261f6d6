import Tasks
import Testing

@Suite struct FineTuningOptionsTests {
    private func options(
        _ settings: [(name: String, value: String)], of task: TaskName = .classification
    ) throws(OptionError) -> FineTuningOptions {
        try FineTuningOptions(task: task, settings: settings)
    }

    @Test func aPersonsFileIsTrainedWithTheDocumentedDefaults() {
        let options = FineTuningOptions(task: .classification)
        #expect(options.optimizer == .adamw)
        #expect(options.learningRate == 3e-5)
        #expect(options.batchSize == 32)
        #expect(options.epochs == 3)
        #expect(options.warmupRatio == 0.1)
        #expect(options.evaluation == .epoch)
        #expect(options.metric == .macroF1)
        #expect(options.checkpointInterval == .seconds(120))
        #expect(options.devFraction == 0.1)
        #expect(FineTuningOptions(task: .regression).metric == .pearson)
        #expect(FineTuningOptions(task: .intentSlots).metric == .slotF1)
    }

    @Test func namedTasksAreTrainedAsTheSeedTrainsThem() {
        let mrpc = FineTuningOptions(task: .mrpc)
        #expect(mrpc.optimizer == .bertadam)
        #expect([mrpc.learningRate, mrpc.epsilon, mrpc.weightDecay] == [2e-5, 1e-6, 0.01])
        #expect([mrpc.epochs, mrpc.batchSize, mrpc.maxLength, mrpc.seed] == [3, 32, 128, 2])
        let mnli = FineTuningOptions(task: .mnli)
        #expect([mnli.learningRate, mnli.epsilon] == [5e-5, 1e-8])
        #expect(mnli.maxLength == 80)
        let sst = FineTuningOptions(task: .sst2)
        #expect([sst.epochs, sst.batchSize] == [4, 16])
        #expect(FineTuningOptions(task: .cola).metric == .matthews)
        #expect(FineTuningOptions(task: .stsb).metric == .pearson)
        let squad = FineTuningOptions(task: .squad11)
        #expect(squad.optimizer == .adam)
        #expect([squad.learningRate, squad.epsilon, squad.weightDecay] == [3e-5, 1e-8, 0])
        #expect(
            [squad.epochs, squad.batchSize, squad.maxLength, squad.stride, squad.maxQueryLength] == [
                2, 12, 384, 128, 64,
            ])
        #expect(!squad.version2)
        let squad2 = FineTuningOptions(task: .squad20)
        #expect(squad2.version2)
        #expect(squad2.nullThreshold == -2)
        #expect(squad2.batchSize * squad2.accumulation == 32)
        let conll = FineTuningOptions(task: .conll2003)
        #expect([conll.epochs, conll.batchSize, conll.maxLength, conll.seed] == [100, 8, 180, 13531])
        let snips = FineTuningOptions(task: .snips)
        #expect([snips.epochs, snips.seed] == [40, 123])
        #expect([snips.learningRate, snips.weightDecay, snips.maxGradientNorm] == [5e-5, 0, 0])
    }

    @Test(arguments: [
        ("lr", "learning_rate"), ("LR", "learning_rate"), ("num_train_epochs", "epochs"),
        ("num-train-epochs", "epochs"),
        ("per_device_train_batch_size", "batch_size"), ("gradient_accumulation_steps", "accumulation"),
        ("max_seq_length", "max_length"), ("adam_beta1", "beta1"), ("lr_scheduler_type", "schedule"),
        ("max_gradient_norm", "max_grad_norm"), ("metric_for_best_model", "metric"),
        ("label_smoothing_factor", "label_smoothing"),
        ("random_state", "seed"), ("early_stop", "early_stopping_patience"),
    ])
    func commonSpellingsFindTheirHyperparameter(found: String, name: String) throws {
        #expect(try Hyperparameter.named(found, of: .classification).name == name)
    }

    @Test func noTwoHyperparametersShareAName() {
        let names = Hyperparameter.all.flatMap { [$0.name] + $0.synonyms }.map(Spelling.folded)
        #expect(Set(names).count == names.count)
    }

    @Test func aMisspellingNamesTheNearest() {
        let error = #expect(throws: OptionError.self) { try options([("learnig_rate", "1e-5")], of: .mrpc) }
        #expect(
            error?.description == "no hyper-parameter is called 'learnig_rate'; did you mean 'learning_rate'?")
        let far = #expect(throws: OptionError.self) { try options([("colour", "red")], of: .mrpc) }
        #expect(far?.description == "no hyper-parameter is called 'colour'")
    }

    @Test(arguments: [
        ("learning_rate", "1e9", "learning_rate: expected a number above 0 and at most 1, found '1e9'"),
        ("lr", "0", "learning_rate: expected a number above 0 and at most 1, found '0'"),
        ("lr", "nan", "learning_rate: expected a number above 0 and at most 1, found 'nan'"),
        ("lr", "fast", "learning_rate: expected a number above 0 and at most 1, found 'fast'"),
        ("batch_size", "0", "batch_size: expected a whole number from 1 to 4096, found '0'"),
        ("bs", "-1", "batch_size: expected a whole number from 1 to 4096, found '-1'"),
        ("epochs", "2.5", "epochs: expected a whole number from 1 to 10000, found '2.5'"),
        ("epochs", "1e300", "epochs: expected a whole number from 1 to 10000, found '1e300'"),
        ("beta2", "1", "beta2: expected a number from 0 and below 1, found '1'"),
        ("seed", "-1", "seed: expected a whole number from 0, found '-1'"),
        (
            "optimizer", "adamv",
            "optimizer: expected one of 'bertadam', 'adamw', 'adam', found 'adamv'; did you mean 'adamw'?"
        ),
        (
            "class_weights", "1,x",
            "class_weights: expected 'none', 'balanced', or numbers above 0 with commas, found '1,x'"
        ),
        ("eval_every", "0", "eval_every: expected 'epoch' or a number of steps, found '0'"),
        ("stride", "128", "stride: the task 'classification' has no such setting, only 'question-answering' has"),
        (
            "metric", "slot_f1",
            "metric: expected one of 'loss', 'macro_f1', 'accuracy', 'f1', 'precision', 'recall', 'weighted_f1', "
                + "'matthews_correlation', found 'slot_f1'"
        ),
    ])
    func aValueThatNothingCanBeDoneWithIsRefused(name: String, value: String, sentence: String) {
        let error = #expect(throws: OptionError.self) { try options([(name, value)]) }
        #expect(error?.description == sentence)
    }

    @Test func oneThingSetTwiceIsRefused() {
        let synonyms = #expect(throws: OptionError.self) { try options([("lr", "1e-5"), ("learning_rate", "2e-5")]) }
        #expect(synonyms?.description == "learning_rate: expected it once, found 'lr', 'learning_rate'")
        let warmUps = #expect(throws: OptionError.self) { try options([("warmup", "0.1"), ("warmup_steps", "5")]) }
        #expect(warmUps?.field == "warmup_steps")
    }

    @Test func aQuestionThatFillsTheWindowIsRefused() {
        let error = #expect(throws: OptionError.self) { try options([("max_length", "64")], of: .squad11) }
        #expect(error?.description == "max_length: expected at least 68, found 64")
    }

    @Test func wholeNumbersMayHaveAPoint() throws {
        #expect(try options([("num_train_epochs", "3.0")]).epochs == 3)
    }

    @Test func anotherOptimizerBringsItsOwnEpsilon() throws {
        #expect(try options([("optimizer", "bert_adam")]).epsilon == 1e-6)
        #expect(try options([("optimizer", "bertadam"), ("eps", "1e-7")]).epsilon == 1e-7)
        #expect(try options([("optimizer", "bertadam")], of: .mnli).epsilon == 1e-8)
    }

    @Test func theWarmUpIsAShareOrACount() throws {
        #expect(FineTuningOptions(task: .mrpc).warmupSteps(of: 345) == 34)
        #expect(try options([("warmup_steps", "7")]).warmupSteps(of: 345) == 7)
        #expect(try options([("warmup_steps", "700")]).warmupSteps(of: 345) == 345)
    }

    @Test(arguments: TaskName.allCases) func settingsGiveTheOptionsAgain(task: TaskName) throws {
        let defaults = FineTuningOptions(task: task)
        #expect(try options(defaults.settings, of: task) == defaults)
    }

    @Test func settingsKeepWhatWasSet() throws {
        let options = try options([
            ("lr", "1e-5"), ("class_weights", "1, 2.5,0.5"), ("eval_steps", "50"), ("warmup_steps", "3"),
            ("dropout", "0"),
            ("patience", "2"), ("metric", "eval/accuracy"),
        ])
        #expect(options.classWeights == .list([1, 2.5, 0.5]))
        #expect(options.evaluation == .steps(50))
        #expect(options.dropout == 0)
        #expect(options.metric == .accuracy)
        #expect(try FineTuningOptions(task: .classification, settings: options.settings) == options)
        #expect(options.settings.contains { $0 == ("learning_rate", "1e-05") })
    }
}
