import Glibc

/// Seeded noise: the same numbers on every machine of one libm (splitmix64, Steele et al. 2014).
package struct SplitMix: RandomNumberGenerator {
    static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    static func mixed(_ z: UInt64) -> UInt64 {
        var z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    package mutating func next() -> UInt64 {
        state &+= Self.increment
        return Self.mixed(state)
    }

    /// A number of the standard normal distribution (Box and Muller 1958).
    package mutating func normal() -> Double {
        let (u, v) = (Double(next() >> 11) * 0x1p-53, Double(next() >> 11) * 0x1p-53)
        return (-2 * log(1 - u)).squareRoot() * cos(2 * .pi * v)
    }
}
