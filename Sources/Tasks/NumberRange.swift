/// The numbers that a hyper-parameter may be.
struct NumberRange: Sendable {
    let least: Double
    let most: Double
    let includesLeast: Bool
    let includesMost: Bool

    static func from(_ least: Double, to most: Double) -> NumberRange {
        NumberRange(least: least, most: most, includesLeast: true, includesMost: true)
    }

    static func from(_ least: Double, below most: Double) -> NumberRange {
        NumberRange(least: least, most: most, includesLeast: true, includesMost: false)
    }

    static func above(_ least: Double, to most: Double) -> NumberRange {
        NumberRange(least: least, most: most, includesLeast: false, includesMost: true)
    }

    /// NaN is in no range.
    func contains(_ number: Double) -> Bool {
        (number > least || includesLeast && number == least) && (number < most || includesMost && number == most)
    }

    /// `a number above 0 and at most 1`
    var inWords: String {
        "a number \(includesLeast ? "from" : "above") \(Self.text(least)) and \(includesMost ? "at most" : "below") "
            + Self.text(most)
    }

    private static func text(_ number: Double) -> String {
        Int(exactly: number).map { "\($0)" } ?? "\(number)"
    }
}
