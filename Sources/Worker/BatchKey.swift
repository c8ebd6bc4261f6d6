package import Messages

/// What rows must have in common to share a forward pass.
package struct BatchKey: Sendable, Hashable {
    /// Digest of the model's manifest.
    package let model: Digest
    package let options: WorkOptions
}
