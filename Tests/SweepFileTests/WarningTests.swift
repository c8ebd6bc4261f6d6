import SweepFile
import Testing

/// What is done as it says, and told because its writer may mean something else.
@Suite struct WarningTests {
    static let warnings: [(String, String)] = [
        (
            file("max_grad_norm", keys: "distribution: log_uniform", "min: 0.1", "max: 1"),
            """
            5:10: max_grad_norm: log_uniform takes exponents of e, so that 0.1 to 1.0 draws from 1.1051709180756477 to \
            2.718281828459045; for bounds as they are write log_uniform_values
            """
        ),
        (
            file("weight_decay", keys: "min: 0", "max: 1"),
            "3:3: weight_decay: whole bounds draw whole numbers; for those between write 0.0 and 1.0"
        ),
        (
            file("dropout", keys: "distribution: normal", "mu: 0.2", "sigma: 0.1"),
            """
            3:3: dropout: the distribution has no bounds; a trial that draws anything but a number from 0 and below 1 \
            is lost
            """
        ),
        (
            file("epochs", keys: "values: [1, 2]") + "metric: {name: accuracy}\n",
            "5:16: accuracy is good when the goal is maximize, found minimize, which no goal means"
        ),
        (
            file("epochs", keys: "values: [1, 2]") + "metric: {name: loss, goal: maximize}\n",
            "5:28: loss is good when the goal is minimize, found maximize"
        ),
        (
            file("epochs", keys: "values: [1, 2]") + "metric: {name: loss, target: 0.1}\n",
            "5:22: 'metric.target' is ignored: a sweep ends with its trials"
        ),
        (
            file("epochs", keys: "values: [1]") + "x-pruner: asha\n",
            "5:1: asha stops nothing: the longest trial has 1 epoch and no rung"
        ),
        (
            file("epochs", keys: "values: [1, 2]") + "x-reduction: 2\n",
            "5:1: 'x-reduction' is ignored: nothing is stopped without x-pruner"
        ),
        (
            file("epochs", keys: "values: [1, 2]") + "x-pruner: median\nx-reduction: 2\n",
            "6:1: 'x-reduction' is ignored: the median stops half"
        ),
        (
            file("epochs", keys: "values: [1, 2]")
                + "early_terminate: {type: hyperband, min_iter: 1, strict: false}\n",
            "5:49: 'early_terminate.strict' is ignored: a trial that trails at a rung is always stopped"
        ),
    ]

    @Test(arguments: warnings)
    func whatMayBeMeantOtherwiseIsTold(text: String, warning: String) throws {
        #expect(try planFile(text).warningLines == ["sweep.yaml:\(warning)"])
    }

    @Test(arguments: [
        file("lr", keys: "distribution: log_uniform", "min: -11.5", "max: -6.9"),
        file("epochs", keys: "min: 1", "max: 4"),
        file("weight_decay", keys: "min: 0.0", "max: 1"),
        file("lr", keys: "distribution: log_normal", "mu: -10", "sigma: 0.5"),
        file("epochs", keys: "values: [1, 2]") + "metric: {name: loss}\n",
        file("dropout", keys: "distribution: beta", "a: 2", "b: 5"),
        file("max_length", keys: "distribution: q_log_uniform_values", "min: 32", "max: 512", "q: 32"),
    ])
    func whatIsMeantIsNotWarnedOf(text: String) throws {
        #expect(try planFile(text).warningLines == [])
    }
}
