/// A small generator whose numbers are a function of its key alone (SplitMix64, Steele et al. 2014), on every machine and
/// with every version of the language.
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64, stream: UInt64) {
        state = seed
        // Neighbouring keys start far apart.
        state = next() ^ (stream &* 0xd1b5_4a32_d192_ed03)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// The elements in an order of its own (Fisher and Yates).
    mutating func shuffle<Element>(_ elements: inout [Element]) {
        guard elements.count > 1 else { return }
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, Int(next().multipliedFullWidth(by: UInt64(last + 1)).high))
        }
    }
}
