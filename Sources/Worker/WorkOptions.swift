import Messages
package import Tasks

/// What is asked of a model, its rows apart; rows of equal options can share a forward pass.
package enum WorkOptions: Sendable, Hashable {
    case embed(EmbeddingOptions)

    /// Whether one rejected row fails the whole lease.
    var isStrict: Bool {
        switch self {
        case .embed(let options): options.strict
        }
    }
}

extension Lease {
    /// The rows of the lease, and what is asked of them.
    ///
    /// - Throws: for options that nothing can be done with
    func asked() throws(ServiceError) -> (options: WorkOptions, inputs: [RowInput]) {
        guard case .embed(let embed) = work else {
            throw ServiceError(.unsupported, "expected embed, found \(work.kind.rawValue)", field: "body")
        }
        do {
            return (.embed(try EmbeddingOptions(embed)), embed.texts.map { RowInput($0) })
        } catch {
            throw ServiceError(.invalid, error.description, field: error.field)
        }
    }
}

extension EmbeddingOptions {
    fileprivate init(_ embed: Embed) throws(OptionError) {
        try self.init(
            pooling: embed.pooling, layer: embed.layer, normalize: embed.normalize, dtype: embed.dtype,
            maxTokens: embed.maxTokens, prompt: embed.prompt, strict: embed.isStrict)
    }
}
