/// One place of the model where elements are dropped.
package enum DropoutSite {
    case embeddings, pooled, tokens
    case attention(layer: Int, head: Int)
    case attentionOutput(layer: Int)
    case output(layer: Int)

    package func rate(in rates: DropoutRates) -> Float {
        switch self {
        case .embeddings, .attentionOutput, .output: rates.hidden
        case .pooled, .tokens: rates.head
        case .attention: rates.attention
        }
    }

    /// A number of its own for each place, which keys the noise.
    package var code: UInt64 {
        switch self {
        case .embeddings: 0
        case .pooled: 1
        case .tokens: 2
        case .attentionOutput(let layer): Self.code(layer, 0)
        case .output(let layer): Self.code(layer, 1)
        case .attention(let layer, let head): Self.code(layer, 2 + head)
        }
    }

    private static func code(_ layer: Int, _ place: Int) -> UInt64 { UInt64(layer + 1) << 32 | UInt64(place) }
}
