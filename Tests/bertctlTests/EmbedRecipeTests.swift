import Messages
import Tasks
import Testing
import bertctl

struct EmbedRecipeTests {
    private let me: Identifier
    private let group: Identifier

    init() throws {
        me = try Identifier("me")
        group = try Identifier("g")
    }

    private func recipe(_ model: String = "m@1", layer: Int = -1, priority: Priority = .bulk) throws -> EmbedRecipe {
        EmbedRecipe(
            model: try ModelReference(model), options: try EmbeddingOptions(layer: layer), priority: priority,
            textsPerJob: 2)
    }

    private func id(_ recipe: EmbedRecipe, _ texts: [Text] = ["a"], row: Int = 0, attempt: Int = 0) throws -> Identifier
    {
        try recipe.command(texts, firstRow: row, attempt: attempt, of: me, group: group).jobID
    }

    @Test func theSameWorkIsTheSameJob() throws {
        let first = try recipe().command(["a"], firstRow: 0, attempt: 0, of: me, group: group)
        let second = try recipe().command(["a"], firstRow: 0, attempt: 0, of: me, group: group)
        #expect(first.encoded() == second.encoded())
    }

    @Test func anythingElseIsAnotherJob() throws {
        let ids = [
            try id(recipe()), try id(recipe(), ["b"]), try id(recipe(), ["a", ""]), try id(recipe("m@2")),
            try id(recipe(layer: 3)), try id(recipe(priority: .interactive)), try id(recipe(), row: 1),
            try id(recipe(), attempt: 1),
        ]
        #expect(Set(ids).count == ids.count)
    }

    @Test func theGroupIsThatOfTheBeginning() throws {
        let one = try recipe().group(startingWith: ["a", "b"], of: me)
        #expect(try recipe().group(startingWith: ["a", "b"], of: me) == one)
        #expect(try recipe().group(startingWith: ["a", "c"], of: me) != one)
    }

    @Test func portionsEndAtEitherLimit() throws {
        var feed = try TextFeed(texts: ["aa", "bb", "cc", "dddddd", "e"], input: nil, field: nil, column: nil)
        var portions: [[Text]] = []
        while true {
            let portion = try feed.portion(count: 2, byteCount: 5)
            if portion.isEmpty { break }
            portions.append(portion)
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
