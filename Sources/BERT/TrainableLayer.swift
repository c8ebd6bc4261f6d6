import Tensors

/// One encoder layer in training (Vaswani et al. 2017, §3.1; post-norm as in BERT), forward beside backward.
///
///     x ─┬─ q k v ─ attention ─ output ─ dropout ─ + ─ LayerNorm ─┬─ W1 ─ GELU ─ W2 ─ dropout ─ + ─ LayerNorm ─
///        └──────────────────────────────────────── ┘              └──────────────────────────── ┘
struct TrainableLayer {
    let index: Int
    let query, key, value, attentionOutput, intermediate, output: TrainableLinear
    let attentionNorm, outputNorm: TrainableNormalization
    let configuration: BERTConfiguration
    let kernels: Kernels

    init(
        _ index: Int, _ configuration: BERTConfiguration, kernels: Kernels, parameter: (String) -> TrainableParameter
    ) {
        let prefix = "bert.encoder.layer.\(index)"
        func linear(_ name: String) -> TrainableLinear {
            TrainableLinear("\(prefix).\(name)", kernels: kernels, parameter: parameter)
        }
        func norm(_ name: String) -> TrainableNormalization {
            TrainableNormalization(
                "\(prefix).\(name)", epsilon: configuration.layerNormEpsilon, kernels: kernels, parameter: parameter)
        }
        self.index = index
        self.configuration = configuration
        self.kernels = kernels
        query = linear("attention.self.query")
        key = linear("attention.self.key")
        value = linear("attention.self.value")
        attentionOutput = linear("attention.output.dense")
        attentionNorm = norm("attention.output.LayerNorm")
        intermediate = linear("intermediate.dense")
        output = linear("output.dense")
        outputNorm = norm("output.LayerNorm")
    }

    var linears: [TrainableLinear] { [query, key, value, attentionOutput, intermediate, output] }
    var isFrozen: Bool { linears.allSatisfy(\.isFrozen) && attentionNorm.isFrozen && outputNorm.isFrozen }

    // MARK: Forward

    /// Writes `memory.hidden[index + 1]` from `memory.hidden[index]`. Every share ends with all of it written.
    func forward(_ pass: TrainingPass, share: Share) {
        let (memory, kept) = (pass.memory, pass.memory.layers[index])
        let hidden = memory.hidden[index]
        for (place, linear) in [query, key, value].enumerated() {
            linear.apply(hidden, into: kept.projections, at: place * configuration.hiddenSize, share: share)
        }
        share.wait()
        eachHead(pass, share) { head, dropout in
            kernels.attendKeeping(
                head, kept.projections, into: kept.context, kept: kept.softmax, dropout: dropout, names: memory.names,
                scratch: memory.scratch(of: share))
        }
        share.wait()
        attentionOutput.weight.multiply(kept.context, into: kept.attentionNorm.rows, share: share)
        share.wait()
        join(
            pass, kept.attentionNorm, residual: hidden, attentionOutput.bias, attentionNorm,
            .attentionOutput(layer: index), into: kept.middle, share: share)
        share.wait()
        let part = intermediate.weight.multiply(kept.middle, into: kept.intermediate, share: share)
        kernels.activateKeeping(
            kept.intermediate, into: memory.activation, columns: part, bias: intermediate.bias,
            configuration.activation)
        share.wait()
        output.weight.multiply(memory.activation, into: kept.outputNorm.rows, share: share)
        share.wait()
        join(
            pass, kept.outputNorm, residual: kept.middle, output.bias, outputNorm, .output(layer: index),
            into: memory.hidden[index + 1], share: share)
        share.wait()
    }

    private func join(
        _ pass: TrainingPass, _ kept: NormalizedRows, residual: Matrix, _ bias: Matrix,
        _ normalization: TrainableNormalization, _ site: DropoutSite, into result: Matrix, share: Share
    ) {
        kernels.addAndNormalizeKeeping(
            kept, residual: residual, rows: share.part(of: result.rows), bias: bias, normalization.norm,
            dropout: pass.dropout(site), names: pass.memory.names, into: result)
    }

    /// The heads of all sequences are shared out.
    private func eachHead(_ pass: TrainingPass, _ share: Share, _ body: (AttentionHead, Dropout?) -> Void) {
        let heads = configuration.headCount
        for pair in share.part(of: pass.batch.count * heads) {
            let head = AttentionHead(
                rows: pass.batch.rows(of: pair / heads), index: pair % heads, size: configuration.headSize)
            body(head, pass.dropout(.attention(layer: index, head: head.index)))
        }
    }

    // MARK: Backward

    /// From `memory.gradient`, that of this layer's output, to that of its input, in place, unless nothing below wants it.
    /// Every share ends with all of it written.
    func backward(_ pass: TrainingPass, wantsInput: Bool, share: Share) {
        outputNorm.backward(
            pass.memory.layers[index].outputNorm, dropout: pass.dropout(.output(layer: index)), pass.memory,
            share: share)
        share.wait()
        feedForwardBackward(pass, share)
        attentionNorm.backward(
            pass.memory.layers[index].attentionNorm, dropout: pass.dropout(.attentionOutput(layer: index)),
            pass.memory, share: share)
        share.wait()
        attentionBackward(pass, share)
        projectionsBackward(pass, wantsInput: wantsInput, share)
    }

    private func feedForwardBackward(_ pass: TrainingPass, _ share: Share) {
        let (memory, kept) = (pass.memory, pass.memory.layers[index])
        output.accumulateBias(memory.branch, slices: memory.slices, share: share)
        let part = output.weight.multiplyTransposed(memory.branch, into: memory.dIntermediate, share: share)
        kernels.activateBackward(
            kept.intermediate, again: memory.activation, gradient: memory.dIntermediate, columns: part,
            configuration.activation)
        intermediate.accumulateBias(memory.dIntermediate, part: part, slices: memory.slices, share: share)
        memory.packedIntermediate.pack(memory.activation, columns: part)
        memory.packedHidden.pack(kept.middle, share: share)
        share.wait()
        output.accumulateWeight(memory.branch, input: memory.packedIntermediate, memory, share: share)
        intermediate.accumulateWeight(memory.dIntermediate, input: memory.packedHidden, memory, share: share)
        intermediate.weight.multiplyTransposed(
            memory.dIntermediate, into: memory.gradient, adding: true, share: share)
        share.wait()
    }

    private func attentionBackward(_ pass: TrainingPass, _ share: Share) {
        let (memory, kept) = (pass.memory, pass.memory.layers[index])
        attentionOutput.accumulateBias(memory.branch, slices: memory.slices, share: share)
        attentionOutput.weight.multiplyTransposed(memory.branch, into: memory.dContext, share: share)
        memory.packedHidden.pack(kept.context, share: share)
        share.wait()
        attentionOutput.accumulateWeight(memory.branch, input: memory.packedHidden, memory, share: share)
        eachHead(pass, share) { head, dropout in
            kernels.attendBackward(
                head, kept.projections, context: kept.context, dContext: memory.dContext, kept: kept.softmax,
                dropout: dropout, names: memory.names, into: memory.dProjections,
                scratch: memory.scratch(of: share))
        }
        share.wait()
    }

    private func projectionsBackward(_ pass: TrainingPass, wantsInput: Bool, _ share: Share) {
        let memory = pass.memory
        memory.packedHidden.pack(memory.hidden[index], share: share)
        share.wait()
        for (place, linear) in [query, key, value].enumerated() {
            let column = place * configuration.hiddenSize
            linear.accumulateBias(memory.dProjections, at: column, slices: memory.slices, share: share)
            linear.accumulateWeight(
                memory.dProjections, at: column, input: memory.packedHidden, memory, share: share)
            guard wantsInput else { continue }
            linear.weight.multiplyTransposed(
                memory.dProjections, at: column, into: memory.gradient, adding: true, share: share)
        }
        share.wait()
    }
}
