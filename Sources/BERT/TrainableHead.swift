import Tensors

/// A head in training, forward beside backward: logits from the last hidden state, and its gradient from theirs.
struct TrainableHead {
    private let head: Head
    private let pooler, sequenceMap, tokenMap: TrainableLinear?
    private let kernels: Kernels

    init(_ head: Head, kernels: Kernels, parameter: (String) -> TrainableParameter) {
        func linear(_ name: String) -> TrainableLinear {
            TrainableLinear(name, kernels: kernels, parameter: parameter)
        }
        self.head = head
        self.kernels = kernels
        pooler = head.sequenceMap.map { _ in linear(Head.pooler) }
        sequenceMap = head.sequenceMap.map { linear($0.name) }
        tokenMap = head.tokenMap.map { linear($0.name) }
    }

    var linears: [TrainableLinear] { [pooler, sequenceMap, tokenMap].compactMap { $0 } }

    /// Writes the logits. Every share ends with all of them written.
    func forward(_ pass: TrainingPass, share: Share) {
        let (memory, kept) = (pass.memory, pass.memory.head)
        let hidden = memory.hidden[memory.hidden.count - 1]
        if tokenMap != nil { dropTokens(pass, hidden, share) }
        if let pooler { forward(pooler, pass, hidden, share) }
        share.wait()
        tokenMap?.apply(kept.dropped, into: kept.tokenLogits, share: share)
        sequenceMap?.apply(kept.pooled, into: kept.sequenceLogits, share: share)
        share.wait()
    }

    private func dropTokens(_ pass: TrainingPass, _ hidden: Matrix, _ share: Share) {
        let (rows, dropped) = (share.part(of: hidden.rows), pass.memory.head.dropped)
        let first = rows.lowerBound * hidden.columns
        (dropped.elements + first).update(from: hidden.elements + first, count: rows.count * hidden.columns)
        kernels.drop(dropped, rows: rows, tokenDropout(pass), names: pass.memory.tokens.names)
    }

    /// Questions are answered without dropout in the head, as in BERT's own code.
    private func tokenDropout(_ pass: TrainingPass) -> Dropout? { head == .span ? nil : pass.dropout(.tokens) }

    private func forward(_ pooler: TrainableLinear, _ pass: TrainingPass, _ hidden: Matrix, _ share: Share) {
        let (memory, kept, width) = (pass.memory, pass.memory.head, hidden.columns)
        for index in share.part(of: pass.batch.count) {
            let row = tokenMap == nil ? index : Int(pass.batch.starts[index])
            (kept.first.elements + index * width).update(from: hidden.elements + row * width, count: width)
        }
        share.wait()
        pooler.weight.multiply(kept.first, into: kept.pooler, share: share) { part in
            kernels.activateKeeping(kept.pooler, into: kept.pooled, columns: part, bias: pooler.bias, .tanh)
        }
        share.wait()
        kernels.drop(
            kept.pooled, rows: share.part(of: pass.batch.count), pass.dropout(.pooled), names: memory.examples.names)
    }

    /// From the gradients of the logits to that of the last hidden state, in `memory.last`, unless nothing below wants
    /// it. Every share ends with all of it written.
    func backward(_ pass: TrainingPass, wantsInput: Bool, share: Share) {
        if let tokenMap { backward(tokens: tokenMap, pass, share) }
        if let pooler, let sequenceMap { backward(sequence: sequenceMap, pooler, pass, wantsInput: wantsInput, share) }
    }

    private func backward(tokens map: TrainableLinear, _ pass: TrainingPass, _ share: Share) {
        let (memory, tokens, kept) = (pass.memory, pass.memory.tokens, pass.memory.head)
        tokens.packedHidden.pack(kept.dropped, share: share)
        map.accumulateBias(kept.dTokenLogits, slices: tokens.slices, share: share)
        map.weight.multiplyTransposed(kept.dTokenLogits, into: tokens.gradient, share: share)
        share.wait()
        map.accumulateWeight(kept.dTokenLogits, input: tokens.packedHidden, memory, share: share)
        kernels.drop(
            tokens.gradient, rows: share.part(of: tokens.gradient.rows), tokenDropout(pass), names: tokens.names)
        share.wait()
    }

    private func backward(
        sequence map: TrainableLinear, _ pooler: TrainableLinear, _ pass: TrainingPass, wantsInput: Bool,
        _ share: Share
    ) {
        let (memory, kept) = (pass.memory, pass.memory.head)
        guard let packed = kept.packed else { return }
        packed.pack(kept.pooled, share: share)
        map.accumulateBias(kept.dSequenceLogits, slices: memory.examples.slices, share: share)
        map.weight.multiplyTransposed(kept.dSequenceLogits, into: kept.dPooled, share: share)
        share.wait()
        map.accumulateWeight(kept.dSequenceLogits, input: packed, memory, share: share)
        kernels.drop(
            kept.dPooled, rows: share.part(of: pass.batch.count), pass.dropout(.pooled), names: memory.examples.names)
        share.wait()
        packed.pack(kept.first, share: share)
        let part = share.part(of: kept.dPooled.columns, multipleOf: 16)
        kernels.activateBackward(kept.pooler, again: kept.pooled, gradient: kept.dPooled, columns: part, .tanh)
        pooler.accumulateBias(kept.dPooled, part: part, slices: memory.examples.slices)
        share.wait()
        pooler.accumulateWeight(kept.dPooled, input: packed, memory, share: share)
        guard wantsInput else { return }
        guard tokenMap != nil else {
            pooler.weight.multiplyTransposed(kept.dPooled, into: memory.examples.gradient, share: share)
            return share.wait()
        }
        pooler.weight.multiplyTransposed(kept.dPooled, into: kept.dFirst, share: share) { columns in
            kernels.scatter(kept.dFirst, columns: columns, to: pass.batch.starts, of: memory.tokens.gradient)
        }
        share.wait()
    }
}
