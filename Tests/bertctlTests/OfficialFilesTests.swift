import Tasks
import Testing
import bertctl

struct OfficialFilesTests {
    @Test(
        arguments: [
            (TaskName.mrpc, ["dev.tsv", "test.tsv", "train.tsv", "x.txt"], ["train.tsv", "dev.tsv", "test.tsv"]),
            (
                .mnli, ["dev_matched.tsv", "dev_mismatched.tsv", "train.tsv"],
                ["train.tsv", "dev_matched.tsv", "dev_mismatched.tsv"]
            ), (.squad11, ["dev-v1.1.json", "train-v1.1.json"], ["train-v1.1.json", "dev-v1.1.json"]),
            (
                .snips, ["test/seq.in", "train/label", "train/seq.in", "valid/seq.in"], ["train", "valid", "test"]
            ), (.conll2003, ["eng.testa", "eng.train"], ["eng.train", "eng.testa"]),
        ] as [(TaskName, [String], [String])])
    func theFilesOfAKnownDataSetAreFoundByTheirNames(_ task: TaskName, _ paths: [String], _ expected: [String]) throws {
        let found = try OfficialFiles.roles(of: task, among: paths, in: "d", needed: .train)
        #expect(found.map(\.path) == expected)
        #expect(found.first?.role == .train)
    }

    @Test func whatIsMissingIsNamedWithWhatIsThere() {
        let failure = #expect(throws: Failure.self) {
            try OfficialFiles.roles(of: .mrpc, among: ["a", "dev.tsv"], in: "d", needed: .train)
        }
        #expect(failure?.status == .noInput)
        #expect(
            failure?.sentence
                == "d cannot be read: expected train.tsv or msr_paraphrase_train.txt in it, found a, dev.tsv")
    }

    @Test func aFolderIsNothingForAPersonsOwnTask() {
        let failure = #expect(throws: Failure.self) {
            try OfficialFiles.roles(of: .classification, among: ["a", "b"], in: "d", needed: .train)
        }
        #expect(failure?.status == .usage)
    }

    @Test(arguments: TaskName.allCases.filter(\.isNamedSet)) func everyKnownDataSetHasOfficialFiles(_ task: TaskName) {
        let failure = #expect(throws: Failure.self) {
            try OfficialFiles.roles(of: task, among: [], in: "d", needed: .train)
        }
        #expect(failure?.status == .noInput)
    }
}
