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
        kernels.drop(dropped, rows: rows, tokenDropout(pass), names: pass.memory.names)
    }

    /// Questions are answered without dropout in the head, as in BERT's own code.
    private func tokenDropout(_ pass: TrainingPass) -> Dropout? { head == .span ? nil : pass.dropout(.tokens) }

    private func forward(_ pooler: TrainableLinear, _ pass: TrainingPass, _ hidden: Matrix, _ share: Share) {
        let (memory, kept, width) = (pass.memory, pass.memory.head, hidden.columns)
        for index in share.part(of: pass.batch.count) {
            let row = Int(pass.batch.starts[index])
            (kept.first.elements + index * width).update(from: hidden.elements + row * width, count: width)
        }
        share.wait()
        let part = pooler.weight.multiply(kept.first, into: kept.pooler, share: share)
        kernels.activateKeeping(kept.pooler, into: kept.pooled, columns: part, bias: pooler.bias, .tanh)
        share.wait()
        kernels.drop(
            kept.pooled, rows: share.part(of: pass.batch.count), pass.dropout(.pooled), names: memory.exampleNames)
    }

    /// From the gradients of the logits to `memory.gradient`, that of the last hidden state, unless nothing below wants
    /// it. Every share ends with all of it written.
    func backward(_ pass: TrainingPass, wantsInput: Bool, share: Share) {
        let memory = pass.memory
        if let tokenMap { backward(tokens: tokenMap, pass, share) }
        if tokenMap == nil {
            let part = share.part(of: memory.gradient.rows)
            let first = memory.gradient.elements + part.lowerBound * memory.gradient.columns
            first.update(repeating: 0, count: part.count * memory.gradient.columns)
        }
        if let pooler, let sequenceMap { backward(sequence: sequenceMap, pooler, pass, wantsInput: wantsInput, share) }
    }

    private func backward(tokens map: TrainableLinear, _ pass: TrainingPass, _ share: Share) {
        let (memory, kept) = (pass.memory, pass.memory.head)
        memory.packedHidden.pack(kept.dropped, share: share)
        map.accumulateBias(kept.dTokenLogits, slices: memory.slices, share: share)
        map.weight.multiplyTransposed(kept.dTokenLogits, into: memory.gradient, share: share)
        share.wait()
        map.accumulateWeight(kept.dTokenLogits, input: memory.packedHidden, memory, share: share)
        kernels.drop(
            memory.gradient, rows: share.part(of: memory.gradient.rows), tokenDropout(pass), names: memory.names)
        share.wait()
    }

    private func backward(
        sequence map: TrainableLinear, _ pooler: TrainableLinear, _ pass: TrainingPass, wantsInput: Bool,
        _ share: Share
    ) {
        let (memory, kept) = (pass.memory, pass.memory.head)
        guard let packed = kept.packed else { return }
        packed.pack(kept.pooled, share: share)
        map.accumulateBias(kept.dSequenceLogits, slices: memory.exampleSlices, share: share)
        map.weight.multiplyTransposed(kept.dSequenceLogits, into: kept.dPooled, share: share)
        share.wait()
        map.accumulateWeight(kept.dSequenceLogits, input: packed, memory, share: share)
        kernels.drop(
            kept.dPooled, rows: share.part(of: pass.batch.count), pass.dropout(.pooled), names: memory.exampleNames)
        share.wait()
        packed.pack(kept.first, share: share)
        let part = share.part(of: kept.dPooled.columns, multipleOf: 16)
        kernels.activateBackward(kept.pooler, again: kept.pooled, gradient: kept.dPooled, columns: part, .tanh)
        pooler.accumulateBias(kept.dPooled, part: part, slices: memory.exampleSlices, share: share)
        share.wait()
        pooler.accumulateWeight(kept.dPooled, input: packed, memory, share: share)
        guard wantsInput else { return }
        let columns = pooler.weight.multiplyTransposed(kept.dPooled, into: kept.dFirst, share: share)
        kernels.scatter(kept.dFirst, columns: columns, to: pass.batch.starts, of: memory.gradient)
        share.wait()
    }
}
