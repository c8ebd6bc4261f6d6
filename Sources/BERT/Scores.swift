package import Tensors

/// The logits of a batch: memory of whoever computed them, until its next batch.
package struct Scores {
    /// `[examples, labels]`, where the head has labels of sequences.
    package let sequence: Matrix?
    /// `[tokens, labels]`, where it has labels of tokens; of spans, a start and an end.
    package let tokens: Matrix?
}
