/// A closed set of words that a newer peer may have widened: a word that is not known reads as `unrecognised`.
protocol OpenWord: RawRepresentable<String> {
    static var unrecognised: Self { get }
}
