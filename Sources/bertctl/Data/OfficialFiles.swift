package import Tasks

/// Where the files of a known data set stand in its folder, by their official names and the usual ones.
package enum OfficialFiles {
    /// The first name of each role that is there counts. A name may be that of a folder.
    private static func names(of task: TaskName) -> [(role: DataRole, names: [String])] {
        switch task {
        case .cola, .sst2, .stsb, .qqp, .qnli, .rte, .wnli, .chnsenticorp:
            [(.train, ["train.tsv"]), (.dev, ["dev.tsv"]), (.test, ["test.tsv"])]
        case .mrpc:
            [
                (.train, ["train.tsv", "msr_paraphrase_train.txt"]), (.dev, ["dev.tsv"]),
                (.test, ["test.tsv", "msr_paraphrase_test.txt"]),
            ]
        case .mnli:
            [
                (.train, ["train.tsv"]), (.dev, ["dev_matched.tsv"]), (.devMismatched, ["dev_mismatched.tsv"]),
                (.test, ["test_matched.tsv"]),
            ]
        case .xnli:
            [
                (.train, ["multinli/multinli.train.zh.tsv", "multinli.train.zh.tsv", "train.tsv"]),
                (.dev, ["xnli.dev.tsv", "dev.tsv"]), (.test, ["xnli.test.tsv", "test.tsv"]),
            ]
        case .lcqmc:
            [
                (.train, ["train.tsv", "train.txt"]), (.dev, ["dev.tsv", "dev.txt"]),
                (.test, ["test.tsv", "test.txt"]),
            ]
        case .squad11: [(.train, ["train-v1.1.json"]), (.dev, ["dev-v1.1.json"])]
        case .squad20: [(.train, ["train-v2.0.json"]), (.dev, ["dev-v2.0.json"])]
        case .conll2003:
            [
                (.train, ["eng.train", "train.txt"]), (.dev, ["eng.testa", "valid.txt", "dev.txt"]),
                (.test, ["eng.testb", "test.txt"]),
            ]
        case .snips, .atis, .intentSlots: [(.train, ["train"]), (.dev, ["valid", "dev"]), (.test, ["test"])]
        case .classification, .regression, .questionAnswering, .tokenClassification: []
        }
    }

    /// What each file of a folder is for.
    ///
    /// - Parameters:
    ///   - paths: of the files that there are
    ///   - place: what to call the folder in an error
    ///   - needed: the role without which there is nothing to do
    package static func roles(
        of task: TaskName, among paths: [String], in place: String, needed: DataRole
    ) throws(Failure) -> [(role: DataRole, path: String)] {
        let names = names(of: task)
        guard !names.isEmpty else {
            throw .usage(
                "\(place) has \(paths.count) files, expected one for the task '\(task.rawValue)'; name them with --dev and --test, or a known data set with --task"
            )
        }
        let found = names.compactMap { entry in
            entry.names.first { name in paths.contains { $0 == name || $0.hasPrefix("\(name)/") } }
                .map { (role: entry.role, path: $0) }
        }
        guard found.contains(where: { $0.role == needed }) else {
            let wanted = names.first { $0.role == needed }?.names.joined(separator: " or ") ?? needed.rawValue
            let present = paths.prefix(12).joined(separator: ", ") + (paths.count > 12 ? ", …" : "")
            throw .noInput(
                path: place, reason: "expected \(wanted) in it, found \(present.isEmpty ? "nothing" : present)")
        }
        return found
    }
}
