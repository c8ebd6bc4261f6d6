/// The normalized bytes of one word, and where in the text each of them came from.
///
/// Holds ``capacity`` scalars; of a longer word only the number and the extent are known, which is all that is needed: it
/// becomes the unknown token.
struct WordBuffer: Sendable {
    /// The longest word that is looked up, in scalars (`max_input_chars_per_word` of the reference).
    static let capacity = 100

    private(set) var bytes: [UInt8] = []
    private var starts: [Int] = []
    private var ends: [Int] = []
    /// Scalars of the word, stored or not.
    private(set) var scalars = 0
    /// The extent in the text.
    private(set) var extent = 0..<0

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        scalars = 0
    }

    /// Adds the UTF-8 of scalars that all came from `source`.
    mutating func append(_ utf8: some Collection<UInt8>, from source: Range<Int>) {
        extent = (scalars == 0 ? source.lowerBound : extent.lowerBound)..<source.upperBound
        for byte in utf8 {
            if byte & 0xC0 != 0x80 { scalars += 1 }
            guard scalars <= Self.capacity else { continue }
            bytes.append(byte)
            starts.append(source.lowerBound)
            ends.append(source.upperBound)
        }
    }

    /// The bytes of the text that a stretch of the word came from.
    func source(of range: Range<Int>) -> Range<Int> {
        starts[range.lowerBound]..<ends[range.upperBound - 1]
    }
}
