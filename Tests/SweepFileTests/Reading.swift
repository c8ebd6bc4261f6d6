import SweepFile

/// Reads a file of these lines, called `sweep.yaml`.
func planFile(_ text: String, flags: [BaseName: String] = [:]) throws(SweepFileError) -> PlanFile {
    try PlanFile.read(Array(text.utf8), path: "sweep.yaml", flags: flags)
}

/// What is wrong with a file, a line a fault; nil if nothing is.
func faults(of text: String, flags: [BaseName: String] = [:]) -> String? {
    do {
        _ = try planFile(text, flags: flags)
        return nil
    } catch {
        return error.description
    }
}

/// A file that has one parameter and nothing wrong but that; the parameter begins in line 3, its keys in line 4.
func file(method: String = "random", _ parameter: String, keys: String...) -> String {
    "method: \(method)\nparameters:\n  \(parameter):\n" + keys.map { "    \($0)\n" }.joined()
}
