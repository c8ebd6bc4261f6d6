import Tasks
import Testing

@Suite struct SpellingTests {
    static let names = ["mean", "cls", "max", "mean-max", "sqrt-length", "tokens"]

    @Test(arguments: [
        ("men", "mean"), ("CLS", "cls"), ("meanmax", "mean-max"), ("sqrt_lenght", "sqrt-length"), ("token", "tokens"),
    ])
    func aMisspellingFindsItsName(found: String, name: String) {
        #expect(Spelling.nearest(to: found, among: Self.names) == name)
    }

    @Test(arguments: ["", "weighted", "pooler_output"])
    func whatIsFarFromEveryNameFindsNone(found: String) {
        #expect(Spelling.nearest(to: found, among: Self.names) == nil)
    }

    @Test func aHugeNameIsNotCompared() {
        #expect(Spelling.nearest(to: String(repeating: "mean", count: 1_000_000), among: Self.names) == nil)
    }

    @Test func nothingIsNearAmongNoNames() {
        #expect(Spelling.nearest(to: "mean", among: []) == nil)
    }

    @Test func aLongOrHostileStringIsCutAndCleaned() {
        #expect(Spelling.excerpt("mean") == "mean")
        #expect(Spelling.excerpt("a\nb\u{1B}[31m") == "a\u{FFFD}b\u{FFFD}[31m")
        #expect(Spelling.excerpt(String(repeating: "é", count: 100)) == String(repeating: "é", count: 40) + "…")
    }
}
