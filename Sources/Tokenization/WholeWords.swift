/// The ASCII pieces that are whole words of at most 16 bytes, in a hash table keyed by the bytes themselves.
///
/// Nine words of ten in English text are such a piece: one probe instead of a walk through the trie.
struct WholeWords: Sendable {
    /// A word in two little-endian halves, padded with zeros: no word holds a NUL.
    struct Key: Equatable, Sendable {
        var low: UInt64 = 0
        var high: UInt64 = 0
    }

    struct Entry: Sendable {
        var key = Key()
        var id: Int32 = -1
    }

    static let longest = 16

    /// At most half full, probed in order; a free entry has the empty key.
    private(set) var entries: [Entry]
    private let shift: UInt64

    /// - Parameter pieces: the piece of each id; of equal ones the last counts
    init(pieces: [[UInt8]]) {
        let words = pieces.enumerated().filter { Self.isWord($0.element) }
        var bits: UInt64 = 4
        while 1 << bits < words.count * 2 { bits += 1 }
        shift = 64 - bits
        entries = [Entry](repeating: Entry(), count: 1 << Int(bits))
        for (id, piece) in words {
            var key = Key()
            for (index, byte) in piece.enumerated() {
                if index < 8 {
                    key.low |= UInt64(byte) << UInt64(8 * index)
                } else {
                    key.high |= UInt64(byte) << UInt64(8 * (index - 8))
                }
            }
            var slot = slot(of: key)
            while entries[slot].id >= 0, entries[slot].key != key { slot = (slot + 1) & (entries.count - 1) }
            entries[slot] = Entry(key: key, id: Int32(id))
        }
    }

    private static func isWord(_ piece: [UInt8]) -> Bool {
        1...longest ~= piece.count && piece.allSatisfy { 0x21..<0x7F ~= $0 }
    }

    /// Where a key's probing begins (multiplicative hashing, Knuth 6.4).
    @inline(__always)
    private func slot(of key: Key) -> Int {
        Int(truncatingIfNeeded: ((key.low ^ key.high &* 0xC2B2_AE3D_27D4_EB4F) &* 0x9E37_79B9_7F4A_7C15) >> shift)
    }

    /// The piece that is this word; nil if there is none.
    @inline(__always)
    func id(of key: Key, in entries: UnsafeBufferPointer<Entry>) -> Int32? {
        var slot = slot(of: key)
        while entries[slot].id >= 0 {
            if entries[slot].key == key { return entries[slot].id }
            slot = (slot + 1) & (entries.count - 1)
        }
        return nil
    }
}

extension WholeWords.Key {
    /// The first `count` of 16 readable bytes, which are ASCII; in lower case if asked for.
    @inline(__always)
    init(_ bytes: UnsafeRawPointer, count: Int, lowercases: Bool) {
        let unused = UInt64(truncatingIfNeeded: WholeWords.longest - count) * 8
        low = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        high = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        if count <= 8 {
            low &= .max >> (unused - 64)
            high = 0
        } else {
            high &= .max >> unused
        }
        if lowercases {
            low = Self.lowercased(low)
            high = Self.lowercased(high)
        }
    }

    /// Sets bit 5 of every byte from A to Z; all eight are ASCII, so that no sum carries into the next.
    @inline(__always)
    private static func lowercased(_ bytes: UInt64) -> UInt64 {
        let fromA = bytes &+ 0x3F3F_3F3F_3F3F_3F3F
        let pastZ = bytes &+ 0x2525_2525_2525_2525
        return bytes | (fromA & ~pastZ & 0x8080_8080_8080_8080) >> 2
    }
}
