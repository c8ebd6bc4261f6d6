package import Tensors

/// A BERT encoder for inference, fp32 (Devlin et al. 2019, §3).
///
/// Sequences are packed, never padded, and a row's values do not depend on its neighbours in the batch.
package final class Encoder: Sendable {
    /// Tokens that a micro-batch should hold where there is enough work: enough rows that a weight once fetched is used by
    /// several strips of them, few enough that an interactive text never waits long for a lane. On Zen 3 it costs
    /// nothing against 512: 362 to 405 short texts a second with MiniLM, after 350.
    package static let microBatchTokens = 128

    package let configuration: BERTConfiguration
    private let kernels: Kernels
    private let embeddings: EmbeddingTables
    private let layers: [EncoderLayer]

    /// Takes every tensor of `configuration.parameters` from `parameter`, which is called once for each with the shape
    /// that is expected and throws what is missing or wrong. `configuration` has been validated.
    package init<Failure: Error>(
        _ configuration: BERTConfiguration, blas: BLAS, kernels: Kernels,
        parameter: (_ name: String, _ shape: [Int]) throws(Failure) -> Tensor
    ) throws(Failure) {
        var tensors: [String: Tensor] = [:]
        for wanted in configuration.parameters {
            let tensor = try parameter(wanted.name, wanted.shape)
            precondition(tensor.shape == wanted.shape, "'\(wanted.name)' \(tensor.shape), expected \(wanted.shape)")
            tensors[wanted.name] = tensor
        }
        func tensor(_ name: String) -> Tensor {
            guard let tensor = tensors[name] else { preconditionFailure("'\(name)' is not a parameter") }
            return tensor
        }
        self.configuration = configuration
        self.kernels = kernels
        embeddings = EmbeddingTables(
            words: tensor("embeddings.word_embeddings.weight"),
            positions: tensor("embeddings.position_embeddings.weight"),
            types: tensor("embeddings.token_type_embeddings.weight"),
            norm: LayerNorm(
                scale: tensor("embeddings.LayerNorm.weight"), shift: tensor("embeddings.LayerNorm.bias"),
                epsilon: configuration.layerNormEpsilon))
        layers = (0..<configuration.layerCount).map { index in
            EncoderLayer(configuration, blas: blas, kernels: kernels) { tensor("encoder.layer.\(index).\($0)") }
        }
    }

    /// The hidden states of one layer; those above it are not computed.
    ///
    /// - Parameters:
    ///   - batch: at least one sequence; ids, types and lengths within the configuration's sizes
    ///   - layer: 0 the embeddings … `layerCount` the last; negative from the end
    ///   - workspace: the lane's own
    ///   - team: the lanes to spread over
    /// - Returns: `[tokens, hidden]`, memory of the workspace until its next forward pass
    package func forward(
        _ batch: PackedBatch, layer: Int = -1, workspace: Workspace, team: Team = .alone
    ) -> Matrix {
        guard let last = configuration.hiddenStateIndex(layer: layer) else {
            preconditionFailure("layer \(layer) of \(configuration.layerCount)")
        }
        batch.check(against: configuration)
        workspace.fit(batch, configuration, shares: team.limit, kernels: kernels)
        team.run { [kernels, embeddings, layers] share in
            kernels.embed(
                embeddings, ids: batch.ids, positions: batch.positions, types: batch.types,
                rows: share.part(of: batch.tokenCount), into: workspace.hidden)
            share.wait()
            for layer in layers.prefix(last) { layer.apply(batch, workspace, share: share) }
        }
        return workspace.hidden
    }
}
