import Synchronization

/// Takes in what the sequences of one row give, on whatever lanes they are computed.
package final class Gathering: Sendable {
    private let parts: Mutex<[[Float]?]>

    package init(count: Int) {
        parts = Mutex(Array(repeating: nil, count: count))
    }

    /// Puts the numbers of one sequence in their place.
    ///
    /// - Returns: those of all, in the sequences' order, for the one who brings the last
    package func put(_ part: [Float], at index: Int) -> [[Float]]? {
        parts.withLock { parts in
            parts[index] = part
            let present = parts.compactMap(\.self)
            return present.count == parts.count ? present : nil
        }
    }
}
