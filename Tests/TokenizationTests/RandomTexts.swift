/// An endless sequence of texts that mix known words with scalars the rules single out; the same for the same seed.
struct RandomTexts: Sequence, IteratorProtocol {
    private static let pieces = [
        "the", "queue", "play", "ing", "Straße", "café", "İ", "中", "文", "한", "हिन्दी", "[MASK]", "[SEP]", "[", "##", "#",
        ".", "!", "'",
        " ", " ", " ", "\t", "\u{A0}", "\0", "\u{200B}", "\u{FFFD}", "\u{0301}", "\u{0327}", "\u{034F}", "\u{1B44}",
        "\u{302E}", "\u{1D15E}", "\u{1D165}", "\u{226E}", "\u{1F600}", "Ω", "ﬁ", "ξ", "Σ",
    ]

    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64 (Steele, Lea and Flood 2014).
    private mutating func random(below bound: UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return (z ^ z >> 31) % bound
    }

    mutating func next() -> String? {
        var scalars = String.UnicodeScalarView()
        for _ in 0...random(below: 30) {
            if random(below: 8) == 0, let any = Unicode.Scalar(UInt32(random(below: 0x11_0000))) {
                scalars.append(any)
            } else {
                scalars.append(contentsOf: Self.pieces[Int(random(below: UInt64(Self.pieces.count)))].unicodeScalars)
            }
        }
        return String(scalars)
    }
}
