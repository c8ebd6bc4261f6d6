/// The names that a model gives to the pieces with a part in its input layout.
package struct SpecialTokens: Hashable, Sendable {
    package var unknown = "[UNK]"
    package var separator = "[SEP]"
    package var padding = "[PAD]"
    package var classification = "[CLS]"
    package var mask = "[MASK]"

    package init() {}

    var all: [String] { [unknown, separator, padding, classification, mask] }
}
