import Messages
import Tasks
import Testing
import bertctl

struct RowRecipeTests {
    private let me: Identifier
    private let group: Identifier

    init() throws {
        me = try Identifier("me")
        group = try Identifier("g")
    }

    private func recipe(_ model: String = "m@1", _ work: RowWork? = nil, priority: Priority = .bulk) throws -> RowRecipe
    {
        RowRecipe(
            try work ?? .embed(EmbeddingOptions()), model: try ModelReference(model), priority: priority, rowsPerJob: 2)
    }

    private func rows(_ texts: [String]) -> [InputRow] { texts.map { InputRow(text: Text($0)) } }

    private func id(
        _ recipe: RowRecipe, _ texts: [String] = ["a"], row: Int = 0, attempt: Int = 0
    ) throws -> Identifier {
        try recipe.command(rows(texts), firstRow: row, attempt: attempt, of: me, group: group).jobID
    }

    @Test func theSameWorkIsTheSameJob() throws {
        let first = try recipe().command(rows(["a"]), firstRow: 0, attempt: 0, of: me, group: group)
        let second = try recipe().command(rows(["a"]), firstRow: 0, attempt: 0, of: me, group: group)
        #expect(first.encoded() == second.encoded())
    }

    @Test func anythingElseIsAnotherJob() throws {
        let layer = RowWork.embed(try EmbeddingOptions(layer: 3))
        let pair = [InputRow(text: "a", second: "b")]
        let ids = [
            try id(recipe()), try id(recipe(), ["b"]), try id(recipe(), ["a", ""]), try id(recipe("m@2")),
            try id(recipe("m@1", layer)), try id(recipe(priority: .interactive)), try id(recipe(), row: 1),
            try id(recipe(), attempt: 1), try id(recipe("m@1", .classify(maxTokens: nil, isStrict: false))),
            try id(recipe("m@1", .classify(maxTokens: 9, isStrict: false))),
            try id(recipe("m@1", .tag(maxTokens: nil, isStrict: false))),
            try recipe("m@1", .classify(maxTokens: nil, isStrict: false))
                .command(pair, firstRow: 0, attempt: 0, of: me, group: group).jobID,
        ]
        #expect(Set(ids).count == ids.count)
    }

    @Test func theGroupIsThatOfTheBeginning() throws {
        let one = try recipe().group(startingWith: rows(["a", "b"]), of: me)
        #expect(try recipe().group(startingWith: rows(["a", "b"]), of: me) == one)
        #expect(try recipe().group(startingWith: rows(["a", "c"]), of: me) != one)
    }

    @Test func pairsAndQuestionsGoTogether() throws {
        let rows = [InputRow(text: "a", second: "b"), InputRow(text: "c", second: "d")]
        let pair = try recipe("m@1", .classify(maxTokens: 7, isStrict: true))
            .command(rows, firstRow: 0, attempt: 0, of: me, group: group)
        let model = try ModelReference("m@1")
        #expect(
            pair.body
                == .work(
                    .classify(
                        Classify(model: model, texts: ["a", "c"], pairs: ["b", "d"], maxTokens: 7, isStrict: true))))
        var options = AnswerOptions()
        options.nBest = 3
        let asked = try recipe("m@1", .answer(options))
            .command(rows, firstRow: 0, attempt: 0, of: me, group: group)
        let questions = [Question(question: "a", context: "b"), Question(question: "c", context: "d")]
        #expect(asked.body == .work(.answerQuestions(AnswerQuestions(model: model, questions: questions, nBest: 3))))
        #expect(asked.jobID.string.hasPrefix("answer-"))
    }

    @Test func portionsEndAtEitherLimit() throws {
        var feed = RowFeed(rows(["aa", "bb", "cc", "dddddd", "e"]))
        var portions: [[Text]] = []
        while true {
            let portion = try feed.portion(count: 2, byteCount: 5)
            if portion.isEmpty { break }
            portions.append(portion.map(\.text))
        }
        #expect(portions == [["aa", "bb"], ["cc"], ["dddddd"], ["e"]])
        #expect(feed.fraction == 1)
    }

    @Test func rowsAreCountedFromOneAndTheFirstOnesNamed() {
        var report = RowReport()
        report.add((0..<12).map { RowNote(row: $0, status: .truncated(droppedTokens: 1)) }, firstRow: 100)
        report.add([RowNote(row: 3, status: .rejected(ServiceError(.invalidUTF8, "not UTF-8")))], firstRow: 0)
        #expect(
            report.sentences == [
                "12 rows truncated to the model's limit: 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, …",
                "1 row rejected: 4; the first: not UTF-8",
            ])
        #expect(report.rejectedCount == 1)
    }
}
