import Tensors

/// One layer: self-attention, then the feed-forward block, each added to the hidden state and normalized
/// (Vaswani et al. 2017, §3.1; post-norm as in BERT).
struct EncoderLayer: Sendable {
    let query, key, value, intermediate: Linear
    let attentionOutput, output: WeightMatrix
    let attentionBias, outputBias: Tensor
    let attentionNorm, outputNorm: LayerNorm
    let configuration: BERTConfiguration
    let kernels: Kernels

    init(
        _ configuration: BERTConfiguration, blas: BLAS, kernels: Kernels, tensor: (_ name: String) -> Tensor
    ) {
        func linear(_ name: String, _ activation: Activation = .identity) -> Linear {
            Linear(
                weight: tensor("\(name).weight"), bias: tensor("\(name).bias"), activation: activation, blas: blas,
                kernels: kernels)
        }
        func norm(_ name: String) -> LayerNorm {
            LayerNorm(
                scale: tensor("\(name).weight"), shift: tensor("\(name).bias"), epsilon: configuration.layerNormEpsilon)
        }
        self.configuration = configuration
        self.kernels = kernels
        query = linear("attention.self.query")
        key = linear("attention.self.key")
        value = linear("attention.self.value")
        attentionOutput = WeightMatrix(tensor("attention.output.dense.weight"), blas: blas, kernels: kernels)
        attentionBias = tensor("attention.output.dense.bias")
        attentionNorm = norm("attention.output.LayerNorm")
        intermediate = linear("intermediate.dense", configuration.activation)
        output = WeightMatrix(tensor("output.dense.weight"), blas: blas, kernels: kernels)
        outputBias = tensor("output.dense.bias")
        outputNorm = norm("output.LayerNorm")
    }

    /// Changes `workspace.hidden`, `[tokens, hidden]`, in place. Every share ends with all of it written.
    func apply(_ batch: PackedBatch, _ workspace: Workspace, share: Share) {
        let hidden = configuration.hiddenSize
        query.apply(workspace.hidden, into: workspace.projections, share: share)
        key.apply(workspace.hidden, into: workspace.projections, at: hidden, share: share)
        value.apply(workspace.hidden, into: workspace.projections, at: 2 * hidden, share: share)
        share.wait()
        attend(batch, workspace, share: share)
        share.wait()
        attentionOutput.multiply(workspace.context, into: workspace.update, share: share)
        share.wait()
        join(workspace, attentionBias, attentionNorm, share: share)
        share.wait()
        intermediate.apply(workspace.hidden, into: workspace.intermediate, share: share)
        share.wait()
        output.multiply(workspace.intermediate, into: workspace.update, share: share)
        share.wait()
        join(workspace, outputBias, outputNorm, share: share)
        share.wait()
    }

    /// A sequence attends to itself alone; the heads of all sequences are shared out.
    private func attend(_ batch: PackedBatch, _ workspace: Workspace, share: Share) {
        let scratch = workspace.scratch.elements + share.index * workspace.scratch.columns
        let heads = configuration.headCount
        share.eachPart(of: batch.count * heads) { pairs in
            for pair in pairs {
                kernels.attend(
                    workspace.projections, rows: batch.rows(of: pair / heads), head: pair % heads,
                    size: configuration.headSize, into: workspace.context, scratch: scratch)
            }
        }
    }

    /// hidden = LayerNorm(update + bias + hidden); the rows are shared out.
    private func join(_ workspace: Workspace, _ bias: Tensor, _ norm: LayerNorm, share: Share) {
        share.eachPart(of: workspace.hidden.rows) { rows in
            kernels.addAndNormalize(workspace.hidden, adding: workspace.update, rows: rows, bias: bias, norm)
        }
    }
}
