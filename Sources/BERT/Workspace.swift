import Tensors

/// The memory of one forward pass, kept from one to the next; a lane has one of its own.
///
/// It grows to the largest batch it has seen, after which a forward pass needs no more of it.
package final class Workspace {
    /// `[tokens, hidden]`: the hidden state, changed in place from layer to layer.
    let hidden = Matrix()
    /// `[tokens, 3 * hidden]`: queries, keys and values side by side.
    let projections = Matrix()
    /// `[tokens, hidden]`: what the heads gathered.
    let context = Matrix()
    /// `[tokens, hidden]`: the output of a block before it joins the hidden state.
    let update = Matrix()
    /// `[tokens, intermediate]`
    let intermediate = Matrix()
    /// A row of attention scratch for each share.
    let scratch = Matrix()

    package init() {}

    func fit(_ batch: PackedBatch, _ configuration: BERTConfiguration, shares: Int, kernels: Kernels) {
        let tokens = batch.tokenCount
        hidden.resize(rows: tokens, columns: configuration.hiddenSize)
        projections.resize(rows: tokens, columns: 3 * configuration.hiddenSize)
        context.resize(rows: tokens, columns: configuration.hiddenSize)
        update.resize(rows: tokens, columns: configuration.hiddenSize)
        intermediate.resize(rows: tokens, columns: configuration.intermediateSize)
        let floats = kernels.attendScratch(tokens: batch.longest, size: configuration.headSize)
        scratch.resize(rows: shares, columns: floats)
    }
}
