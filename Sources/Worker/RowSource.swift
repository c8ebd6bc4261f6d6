/// What a kind of work keeps of a row from its tokenization to its end.
package enum RowSource: Sendable {
    /// Nothing: the numbers speak for themselves.
    case none
}
