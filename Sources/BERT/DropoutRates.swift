/// The share of elements that are dropped in training, at BERT's own places: after the normalization of the embeddings
/// and both blocks of each layer (`hidden`), the attention weights (`attention`), and before a classifier (`head`).
package struct DropoutRates: Sendable, Equatable {
    package var hidden, attention, head: Float

    package static let none = DropoutRates(hidden: 0, attention: 0, head: 0)

    package init(hidden: Float, attention: Float, head: Float) {
        self.hidden = hidden
        self.attention = attention
        self.head = head
    }
}
