/// Random numbers that depend on a seed, an index and a stream alone, whatever was drawn before (splitmix64, Steele et al.
/// 2014, started at a hash of the three).
struct Draws: RandomNumberGenerator {
    private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15
    private var state: UInt64

    /// - Parameter stream: keeps those apart who draw for the same index
    init(seed: UInt64, index: Int, stream: UInt64 = 0) {
        let key = Self.mixed(Self.mixed(seed &+ Self.increment) &+ stream &* Self.increment)
        state = Self.mixed(key ^ UInt64(bitPattern: Int64(index)))
    }

    private static func mixed(_ z: UInt64) -> UInt64 {
        var z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func next() -> UInt64 {
        state &+= Self.increment
        return Self.mixed(state)
    }

    /// Uniform in the unit interval, never at its ends.
    mutating func unit() -> Double {
        (Double(next() >> 12) + 0.5) * 0x1p-52
    }

    /// An index, each as often as its weight says.
    ///
    /// - Parameter weights: their sum is one
    mutating func index(weights: [Double]) -> Int {
        var rest = unit()
        for (index, weight) in weights.enumerated() where weight > 0 {
            rest -= weight
            if rest < 0 { return index }
        }
        // What rounding left over belongs to the last that can be drawn.
        return weights.lastIndex { $0 > 0 } ?? 0
    }
}
