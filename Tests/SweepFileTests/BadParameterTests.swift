import SweepFile
import Testing

/// What may be wrong with a parameter: the sentence begins with where it is, and says what was expected and found.
@Suite struct BadParameterTests {
    static let parameters: [(String, String)] = [
        (
            file("learning_rate", keys: "distribution: log_unifrom", "min: 0.1", "max: 0.2"),
            """
            sweep.yaml:4:19: parameters.learning_rate.distribution: expected one of constant, categorical, \
            categorical_w_probabilities, int_uniform, uniform, q_uniform, log_uniform, q_log_uniform, inv_log_uniform, \
            log_uniform_values, q_log_uniform_values, inv_log_uniform_values, normal, q_normal, log_normal, \
            q_log_normal, beta, q_beta, found 'log_unifrom'; did you mean 'log_uniform'?
            """
        ),
        (
            file("learning_rate", keys: "min: 5e-5", "max: 1e-5"),
            "sweep.yaml:4:10: parameters.learning_rate: expected min below max, found '5e-5' and '1e-5'"
        ),
        (
            file("epochs", keys: "min: 3", "max: 3"),
            "sweep.yaml:4:10: parameters.epochs: expected min below max, found '3' and '3'"
        ),
        (
            file("weight_decay", keys: "distribution: log_uniform_values", "min: 0", "max: 0.1"),
            """
            sweep.yaml:5:10: parameters.weight_decay.min: expected a number above 0, whose logarithm is taken, found '0'
            """
        ),
        (
            file("weight_decay", keys: "distribution: inv_log_uniform_values", "max: 0.1", "min: -0.1"),
            """
            sweep.yaml:6:10: parameters.weight_decay.min: expected a number above 0, whose logarithm is taken, \
            found '-0.1'
            """
        ),
        (
            file(method: "grid", "epochs", keys: "values: []"),
            "sweep.yaml:4:13: parameters.epochs.values: expected at least one value, found an empty list"
        ),
        (
            file("epochs", keys: "values: [2, 3, 3.0]"),
            "sweep.yaml:4:20: parameters.epochs.values: expected it once, found '3.0'"
        ),
        (
            file("epochs", keys: "values: [2, 3]", "probabilities: [0.5, 0.6]"),
            """
            sweep.yaml:5:20: parameters.epochs.probabilities: expected probabilities whose sum is 1, found a sum of 1.1
            """
        ),
        (
            file("epochs", keys: "values: [2, 3]", "probabilities: [1.0]"),
            """
            sweep.yaml:5:20: parameters.epochs.probabilities: expected as many probabilities as values, 2, found 1
            """
        ),
        (
            file("epochs", keys: "values: [2, 3]", "probabilities: [1.5, -0.5]"),
            "sweep.yaml:5:21: parameters.epochs.probabilities: expected a number from 0 to 1, found '1.5'"
        ),
        (
            file("weight_decay", keys: "distribution: normal", "sigma: 0"),
            "sweep.yaml:5:12: parameters.weight_decay.sigma: expected a number above 0, found '0'"
        ),
        (
            file("epochs", keys: "distribution: q_uniform", "min: 1", "max: 4", "q: 10"),
            "sweep.yaml:7:8: parameters.epochs.q: expected a q with a multiple between min and max, found '10'"
        ),
        (
            file("epochs", keys: "distribution: uniform", "min: 1"),
            "sweep.yaml:3:3: parameters.epochs: expected 'max', found only 'distribution', 'min'"
        ),
        (
            file("epochs", keys: "min: 1", "max: 4", "valus: [1]"),
            """
            sweep.yaml:6:5: parameters.epochs: expected one of min, max, distribution, found 'valus'
            """
        ),
        (
            file("epochs", keys: "min: 1", "mx: 4"),
            """
            sweep.yaml:3:3: parameters.epochs: expected value, values, min and max, or a distribution with its keys, \
            found only min, mx
            """
        ),
        (
            file("learning_rate", keys: "distribution: uniform", "min: .nan", "max: 1.0"),
            "sweep.yaml:5:10: parameters.learning_rate.min: expected a number, found '.nan'"
        ),
        (
            "method: random\nparameters:\n  epochs: 3\n",
            """
            sweep.yaml:3:11: parameters.epochs: expected 'value:', 'values:' or a distribution's keys below it, found '3'
            """
        ),
        (
            "method: random\nparameters:\n  epochs:\n",
            """
            sweep.yaml:3:3: parameters.epochs: expected 'value:', 'values:' or a distribution's keys below it, \
            found nothing
            """
        ),
    ]

    @Test(arguments: parameters)
    func aBadParameterIsToldWithItsPlace(text: String, expected: String) {
        #expect(faults(of: text) == expected)
    }

    static let hyperparameters: [(String, String?)] = [
        (
            file("learnig_rate", keys: "values: [1e-5]"),
            """
            sweep.yaml:3:3: expected a hyper-parameter ('bertctl finetune --list-settings' lists them) or one of task, \
            data, dev, test, model, text, text2, label, found 'learnig_rate'; did you mean 'learning_rate'?
            """
        ),
        (
            file("learning_rate", keys: "values: [1e-5, 2]"),
            "sweep.yaml:4:20: learning_rate: expected a number above 0 and at most 1, found '2'"
        ),
        (
            file("batch_size", keys: "min: 0", "max: 8"),
            "sweep.yaml:4:10: batch_size: expected a whole number from 1 to 4096, found '0'"
        ),
        (
            file("dropout", keys: "distribution: uniform", "min: 0.1", "max: 1.5"),
            "sweep.yaml:6:10: dropout: expected a number from 0 and below 1, found '1.5'"
        ),
        (
            file("optimizer", keys: "values: [adamw, adamm]"),
            """
            sweep.yaml:4:21: optimizer: expected one of 'bertadam', 'adamw', 'adam', found 'adamm'; did you mean 'adamw'?
            """
        ),
        (
            file("epochs", keys: "min: 1.0", "max: 3.0"),
            """
            sweep.yaml:3:3: epochs: expected a whole number from 1 to 10000, found 1.2468, which uniform draws; write \
            int_uniform, values, or a q_ distribution with a whole q
            """
        ),
        (
            file("epochs", keys: "distribution: normal", "mu: 3"),
            """
            sweep.yaml:4:19: epochs: expected a whole number from 1 to 10000, found 1.8418431, which normal draws; write \
            int_uniform, values, or a q_ distribution with a whole q
            """
        ),
        (
            file("learning_rate", keys: "distribution: normal"),
            """
            sweep.yaml:3:3: learning_rate: expected a number above 0 and at most 1, found 0.0 in the middle
            """
        ),
        (
            file("label_smoothing", keys: "values: [0.1, 0.2]"),
            nil
        ),
        (
            file("label_smoothing", keys: "values: [0.1, 0.2]") + "  task: {value: sts-b}\n",
            """
            sweep.yaml:3:3: label_smoothing: the task 'sts-b' has no such setting, only 'classification', \
            'token-classification', 'intent-slots' has
            """
        ),
        (
            file("lr", keys: "values: [1e-5]") + "  learning_rate: {value: 1e-5}\n",
            "sweep.yaml:5:3: learning_rate: expected it once, found 'learning_rate'"
        ),
        (
            file("warmup_ratio", keys: "values: [0.1]") + "  warmup_steps: {value: 10}\n",
            "sweep.yaml:5:3: warmup_steps: expected it once, found 'warmup_ratio', 'warmup_steps'"
        ),
        (
            file("task", keys: "value: clasification") + "  epochs: {values: [1, 2]}\n",
            """
            sweep.yaml:4:12: task: expected one of 'classification', 'regression', 'question-answering', \
            'token-classification', 'intent-slots', 'cola', 'sst-2', 'mrpc', 'sts-b', 'qqp', 'mnli', 'qnli', 'rte', \
            'wnli', 'xnli', 'lcqmc', 'chnsenticorp', 'squad-1.1', 'squad-2.0', 'conll-2003', 'snips', 'atis', \
            found 'clasification'; did you mean 'classification'?
            """
        ),
        (
            file("model", keys: "values: [a, b]") + "  epochs: {values: [1, 2]}\n",
            """
            sweep.yaml:4:5: parameters.model: expected one of value, distribution, found 'values'; did you mean 'value'?
            sweep.yaml:3:3: parameters.model: expected 'value', found only 'values'
            """
        ),
        (
            file("epochs", keys: "value: 3"),
            "sweep.yaml:2:1: parameters: expected at least one parameter to search, found only fixed ones"
        ),
    ]

    @Test(arguments: hyperparameters)
    func whatAHyperparameterDoesNotTakeIsToldWithItsPlace(text: String, expected: String?) {
        let found = faults(of: text)
        let sorted = { (lines: String?) in lines.map { Set($0.split(separator: "\n")) } }
        #expect(sorted(found) == sorted(expected))
    }

    @Test func boundsThatShouldBeExponentsAreToldSo() {
        #expect(
            faults(of: file("lr", keys: "distribution: log_uniform", "min: 1e-5", "max: 1e-3"))
                == """
                sweep.yaml:5:10: learning_rate: expected a number above 0 and at most 1, found e to the power of '1e-5', \
                1.00001000005; log_uniform takes exponents of e; for bounds as they are write log_uniform_values
                """)
        let far = faults(of: file("lr", keys: "distribution: log_uniform", "min: -8000", "max: -7000"))
        #expect(
            far
                == """
                sweep.yaml:5:10: parameters.lr.min: expected an exponent of e from -700 to 700, found '-8000'
                """)
    }

    @Test func everyFaultOfAFileIsToldAtOnce() {
        let text = """
            method: randm
            parameters:
              learnig_rate: {values: [1e-5]}
              epochs: {min: 4, max: 2}
            run_cap: 0
            """
        let places = (faults(of: text) ?? "").split(separator: "\n").map { $0.split(separator: " ")[0] }
        #expect(places == ["sweep.yaml:1:9:", "sweep.yaml:3:3:", "sweep.yaml:4:17:", "sweep.yaml:5:10:"])
    }
}
