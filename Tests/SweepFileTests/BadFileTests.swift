import SweepFile
import Testing

/// What may be wrong with a file as a whole and with its keys.
@Suite struct BadFileTests {
    private static let good = "parameters:\n  epochs: {values: [1, 2, 3, 4]}\n"

    static let files: [(String, String)] = [
        (
            "method: [random\nparameters:\n",
            """
            sweep.yaml:2:11: expected YAML: while parsing a flow sequence, did not find expected ',' or ']'
            """
        ),
        (
            "method: random\n\tparameters: {}\n",
            "sweep.yaml:2:1: expected YAML: while scanning a plain scalar, found a tab character that violates indentation"
        ),
        (
            "method: random\nparameters: *there\n",
            "sweep.yaml:2:13: expected YAML: found undefined alias"
        ),
        (
            "method: random\nname: a\u{1}b\n",
            "sweep.yaml:2:8: expected YAML: control characters are not allowed"
        ),
        (
            "method: random\n---\nmethod: grid\n",
            """
            sweep.yaml:2:1: expected YAML: expected a single document in the stream, but found another document
            """
        ),
        ("", "sweep.yaml:1:1: the file: expected method and parameters, found nothing"),
        ("# nothing\n", "sweep.yaml:1:1: the file: expected method and parameters, found nothing"),
        ("- method\n", "sweep.yaml:1:1: the file: expected keys with values, found a list"),
        ("method: random\n", "sweep.yaml:1:1: the file: expected 'parameters', found only 'method'"),
        (good, "sweep.yaml:1:1: the file: expected 'method', found only 'parameters'"),
        (
            good + "method: grid\nmethod: random\n",
            "sweep.yaml:3:1: expected each key once, found 'method' here and again below"
        ),
        (
            good + "method: grd\n",
            "sweep.yaml:3:9: method: expected one of random, grid, bayes, custom, found 'grd'; did you mean 'grid'?"
        ),
        (
            good + "method: custom\n",
            "sweep.yaml:3:9: method: expected 'x-sampler' beside it, or one of random, grid, bayes, found 'custom'"
        ),
        ("method: random\nparameters:\n", "sweep.yaml:2:1: parameters: expected keys with values, found nothing"),
        (
            good + "metod: grid\nmethod: grid\n",
            """
            sweep.yaml:3:1: the file: expected one of method, metric, parameters, early_terminate, run_cap, name, \
            description, x-sampler, x-pruner, x-rungs, x-reduction, x-max-parallel, x-retries, x-seeds-per-trial, \
            x-seed, program, command, job, image_uri, project, entity, controller, apiVersion, kind, found 'metod'; \
            did you mean 'method'?
            """
        ),
    ]

    @Test(arguments: files)
    func aBadFileIsToldWithItsPlace(text: String, expected: String) {
        #expect(faults(of: text) == expected)
    }

    static let keys: [(String, String)] = [
        ("run_cap: many", "7:10: run_cap: expected a whole number of at least 1 and at most 10000000, found 'many'"),
        (
            "metric: {name: acuracy}",
            """
            7:16: metric.name: expected one of loss, macro_f1, accuracy, f1, precision, recall, weighted_f1, \
            matthews_correlation, found 'acuracy'; did you mean 'accuracy'?
            """
        ),
        (
            "metric: {name: eval/pearson}",
            """
            7:16: metric.name: expected one of loss, macro_f1, accuracy, f1, precision, recall, weighted_f1, \
            matthews_correlation, found 'eval/pearson'
            """
        ),
        ("metric: {goal: maximize}", "7:1: metric: expected 'name', found only 'goal'"),
        (
            "metric: {name: f1, goal: maximise}",
            "7:26: metric.goal: expected one of minimize, maximize, found 'maximise'; did you mean 'maximize'?"
        ),
        (
            "early_terminate: {type: asha}",
            "7:25: early_terminate.type: expected one of hyperband, found 'asha'"
        ),
        (
            "early_terminate: {type: hyperband}",
            "7:1: early_terminate: expected 'min_iter', or 'max_iter' and 's', found neither"
        ),
        (
            "early_terminate: {type: hyperband, max_iter: 9}",
            "7:1: early_terminate: expected 's', found only 'type', 'max_iter'"
        ),
        (
            "early_terminate: {type: hyperband, max_iter: 2, s: 2}",
            "7:46: early_terminate.max_iter: expected at least eta, 3, so that there is a band, found '2'"
        ),
        (
            "early_terminate: {type: hyperband, min_iter: 1, max_iter: 9, s: 2}",
            "7:49: early_terminate: expected it once, found 'min_iter' and 'max_iter'"
        ),
        (
            "early_terminate: {type: hyperband, min_iter: 1, eta: 1.5}",
            """
            7:54: early_terminate.eta: expected a whole number of at least 2 and at most 1000, found '1.5'
            """
        ),
        (
            "early_terminate: {type: hyperband, min_iter: 1}\nx-rungs: [1]",
            "8:1: rungs: expected it once, found 'early_terminate' and 'x-rungs'"
        ),
        (
            "x-pruner: asa",
            "7:11: x-pruner: expected one of none, asha, hyperband, median, found 'asa'; did you mean 'asha'?"
        ),
        (
            "x-sampler: tpee",
            "7:12: x-sampler: expected one of random, grid, tpe, bayes, found 'tpee'; did you mean 'tpe'?"
        ),
        ("x-pruner: asha\nx-rungs: [2, 1]", "8:14: x-rungs: expected more epochs than at the rung before, found '1'"),
        ("x-seed: -1", "7:9: x-seed: expected a whole number from 0, found '-1'"),
        ("x-retries: 1.5", "7:12: x-retries: expected a whole number of at least 0 and at most 1000, found '1.5'"),
        (
            "x-max-parallel: 0",
            "7:17: x-max-parallel: expected a whole number of at least 1 and at most 100000, found '0'"
        ),
        ("name: [a]", "7:7: name: expected a text, found a list"),
        ("x-seeds-per-trial: 2", "4:3: seed: expected it once, found 'seed' and 'x-seeds-per-trial'"),
        (
            "x-sampler: grid",
            "5:32: weight_decay: expected values, whole bounds or a q_ distribution in a grid, found uniform"
        ),
    ]

    @Test(arguments: keys)
    func aBadKeyIsToldWithItsPlace(lines: String, expected: String) {
        let text = """
            method: random
            parameters:
              epochs: {values: [1, 2, 3, 4]}
              seed: {values: [1, 2]}
              weight_decay: {distribution: uniform, min: 0.0, max: 0.1}

            \(lines)
            """
        #expect(faults(of: text) == "sweep.yaml:\(expected)")
    }

    @Test func bytesThatAreNoTextAreToldWithTheirPlace() {
        var bytes = Array("method: grid\nname: é".utf8)
        bytes.append(0xff)
        bytes += Array("x\n".utf8)
        let error = #expect(throws: SweepFileError.self) { try PlanFile.read(bytes, path: "sweep.yaml") }
        #expect(
            error?.description
                == "sweep.yaml:2:8: expected UTF-8, found the byte 255 where no character begins")
    }

    @Test func aHugeFileIsNotParsed() {
        let error = #expect(throws: SweepFileError.self) {
            try PlanFile.read(Array(repeating: 0x23, count: 2 << 20), path: "x")
        }
        #expect(error?.description == "x:1:1: expected at most 1048576 bytes, found 2097152")
    }

    @Test func aTaskWithoutDataNamesTheFlags() throws {
        let text = file("task", keys: "value: mrpc") + "  epochs: {values: [1, 2]}\n"
        let read = try planFile(text)
        let error = #expect(throws: SweepFileError.self) { try read.requireBase() }
        #expect(
            error?.description
                == """
                sweep.yaml:3:3: expected --data FILE and --model NAME, or fixed parameters of these names, \
                found a task (mrpc) without data and model
                """)
        let withoutTask = try planFile(file("epochs", keys: "values: [1, 2]"), flags: [.data: "a.csv"])
        #expect(withoutTask.plan.missing == [.model])
        #expect(throws: SweepFileError.self) { try withoutTask.requireBase() }
        #expect(try planFile(text, flags: [.data: "a", .model: "b"]).plan.missing == [])
    }

    @Test func aFlagThatNamesNoTaskHasNoPlace() {
        let found = faults(of: file("epochs", keys: "values: [1, 2]"), flags: [.task: "mprc"])
        #expect(found?.hasPrefix("task: expected one of 'classification'") == true)
    }
}
