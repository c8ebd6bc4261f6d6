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
        let (memory, kept, block) = (pass.memory, pass.memory.layers[index], block(pass))
        let hidden = memory.hidden[index]
        for (place, linear) in [query, key, value].enumerated() {
            linear.apply(hidden, into: kept.projections, at: place * configuration.hiddenSize, share: share)
        }
        share.wait()
        eachHead(pass, share) { head, dropout in
            kernels.attendKeeping(
                head, kept.projections, into: kept.context, kept: kept.softmax, dropout: dropout,
                names: memory.tokens.names, scratch: memory.scratch(of: share))
        }
        share.wait()
        if isNarrow(pass) {
            gatherFirsts(pass, hidden, into: kept.firstInput, share)
            gatherFirsts(pass, kept.context, into: kept.firstContext, share)
            share.wait()
        }
        attentionOutput.weight.multiply(context(pass), into: kept.attentionNorm.rows, share: share)
        share.wait()
        join(
            pass, kept.attentionNorm, residual: isNarrow(pass) ? kept.firstInput : hidden, attentionOutput.bias,
            attentionNorm,
            .attentionOutput(layer: index), into: kept.middle, share: share)
        share.wait()
        intermediate.weight.multiply(kept.middle, into: kept.intermediate, share: share) { part in
            kernels.activateKeeping(
                kept.intermediate, into: block.activation, columns: part, bias: intermediate.bias,
                configuration.activation)
        }
        share.wait()
        output.weight.multiply(block.activation, into: kept.outputNorm.rows, share: share)
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
        share.eachPart(of: result.rows) { rows in
            kernels.addAndNormalizeKeeping(
                kept, residual: residual, rows: rows, bias: bias, normalization.norm, dropout: pass.dropout(site),
                names: block(pass).names, into: result)
        }
    }

    /// Whether only the first token of each example goes on from this layer's attention.
    private func isNarrow(_ pass: TrainingPass) -> Bool { block(pass) === pass.memory.examples }

    private func block(_ pass: TrainingPass) -> BlockMemory {
        index == configuration.layerCount - 1 ? pass.memory.last : pass.memory.tokens
    }

    /// What goes on from this layer's attention.
    private func context(_ pass: TrainingPass) -> Matrix {
        isNarrow(pass) ? pass.memory.layers[index].firstContext : pass.memory.layers[index].context
    }

    private func gatherFirsts(_ pass: TrainingPass, _ x: Matrix, into y: Matrix, _ share: Share) {
        for example in share.part(of: pass.batch.count) {
            y[example].baseAddress?.update(
                from: x.elements + Int(pass.batch.starts[example]) * x.columns, count: x.columns)
        }
    }

    /// Zeros but for the first rows of the examples, which are those of y.
    private func spreadFirsts(_ pass: TrainingPass, _ y: Matrix, over x: Matrix, _ share: Share) {
        for example in share.part(of: pass.batch.count) {
            let rows = pass.batch.rows(of: example)
            let place = x.elements + rows.lowerBound * x.columns
            place.update(from: y.elements + example * x.columns, count: x.columns)
            (place + x.columns).update(repeating: 0, count: (rows.count - 1) * x.columns)
        }
    }

    /// The heads of all sequences are shared out.
    private func eachHead(_ pass: TrainingPass, _ share: Share, _ body: (AttentionHead, Dropout?) -> Void) {
        let heads = configuration.headCount
        share.eachPart(of: pass.batch.count * heads) { pairs in
            for pair in pairs {
                let head = AttentionHead(
                    rows: pass.batch.rows(of: pair / heads), index: pair % heads, size: configuration.headSize)
                body(head, pass.dropout(.attention(layer: index, head: head.index)))
            }
        }
    }

    // MARK: Backward

    /// From the gradient of this layer's output, in its block, to that of its input, in `memory.tokens`, unless nothing below
    /// wants it. Every share ends with all of it written.
    func backward(_ pass: TrainingPass, wantsInput: Bool, share: Share) {
        outputNorm.backward(
            pass.memory.layers[index].outputNorm, dropout: pass.dropout(.output(layer: index)), block(pass),
            share: share)
        share.wait()
        feedForwardBackward(pass, share)
        attentionNorm.backward(
            pass.memory.layers[index].attentionNorm, dropout: pass.dropout(.attentionOutput(layer: index)),
            block(pass), share: share)
        share.wait()
        attentionBackward(pass, share)
        projectionsBackward(pass, wantsInput: wantsInput, share)
    }

    private func feedForwardBackward(_ pass: TrainingPass, _ share: Share) {
        let (memory, kept, block) = (pass.memory, pass.memory.layers[index], block(pass))
        output.accumulateBias(block.branch, slices: block.slices, share: share)
        output.weight.multiplyTransposed(block.branch, into: block.dIntermediate, share: share) { part in
            kernels.activateBackward(
                kept.intermediate, again: block.activation, gradient: block.dIntermediate, columns: part,
                configuration.activation)
            intermediate.accumulateBias(block.dIntermediate, part: part, slices: block.slices)
            block.packedIntermediate.pack(block.activation, columns: part)
        }
        block.packedHidden.pack(kept.middle, share: share)
        share.wait()
        output.accumulateWeight(block.branch, input: block.packedIntermediate, memory, share: share)
        intermediate.accumulateWeight(block.dIntermediate, input: block.packedHidden, memory, share: share)
        intermediate.weight.multiplyTransposed(
            block.dIntermediate, into: block.gradient, adding: true, share: share)
        share.wait()
    }

    private func attentionBackward(_ pass: TrainingPass, _ share: Share) {
        let (memory, kept, block) = (pass.memory, pass.memory.layers[index], block(pass))
        attentionOutput.accumulateBias(block.branch, slices: block.slices, share: share)
        attentionOutput.weight.multiplyTransposed(block.branch, into: block.dContext, share: share)
        block.packedHidden.pack(context(pass), share: share)
        share.wait()
        attentionOutput.accumulateWeight(block.branch, input: block.packedHidden, memory, share: share)
        if isNarrow(pass) {
            spreadFirsts(pass, block.dContext, over: memory.tokens.dContext, share)
            spreadFirsts(pass, block.gradient, over: memory.tokens.gradient, share)
            share.wait()
        }
        eachHead(pass, share) { head, dropout in
            kernels.attendBackward(
                head, kept.projections, context: kept.context, dContext: memory.tokens.dContext, kept: kept.softmax,
                dropout: dropout, names: memory.tokens.names, into: memory.dProjections,
                scratch: memory.scratch(of: share))
        }
        share.wait()
    }

    private func projectionsBackward(_ pass: TrainingPass, wantsInput: Bool, _ share: Share) {
        let (memory, tokens) = (pass.memory, pass.memory.tokens)
        tokens.packedHidden.pack(memory.hidden[index], share: share)
        share.wait()
        let projections = [query, key, value].enumerated().map { ($1, $0 * configuration.hiddenSize) }
        for (linear, column) in projections {
            linear.accumulateBias(memory.dProjections, at: column, slices: tokens.slices, share: share)
            linear.accumulateWeight(
                memory.dProjections, at: column, input: tokens.packedHidden, memory, share: share)
        }
        if wantsInput {
            // One loop for the three, because their products are added to the same places, in this order.
            query.weight.eachPartOfInputs(share) { part in
                for (linear, column) in projections {
                    linear.weight.multiplyTransposed(
                        memory.dProjections, at: column, into: tokens.gradient, adding: true, part: part)
                }
            }
        }
        share.wait()
    }
}
