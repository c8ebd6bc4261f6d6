/// What the scanner needs of a byte of ASCII.
struct ByteRule: Sendable {
    enum Kind: UInt8, Sendable {
        /// Part of a word.
        case word
        /// Ends a word and vanishes.
        case space
        /// A word of its own.
        case single
        /// Anything whose rule must be looked up: control characters, and bytes that are not ASCII.
        case other
    }

    let kind: Kind
    /// Lower case, in an uncased tokenizer.
    let folded: UInt8

    init(byte: UInt8, table: CharacterTable) {
        let rule = byte < 0x80 ? table.rules[table.index(of: UInt32(byte))] : nil
        kind =
            switch rule?.kind {
            case .word: .word
            case .space: .space
            case .single: .single
            default: .other
            }
        folded = rule?.replacement?.first ?? byte
    }
}
