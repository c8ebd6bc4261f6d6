package import Tensors

/// A BERT in training: fp32 parameters, their gradients, and a forward and a backward pass in the packed layout.
///
/// The bytes it computes depend on the parameters, the examples and their places in a step alone: not on the lanes, and
/// not on how a step is cut into micro-batches. It is confined to the thread that drives it and spreads over a team.
package final class TrainingModel {
    package let configuration: BERTConfiguration
    package let head: Head
    /// In the order of `configuration.parameters(with: head)`.
    package let parameters: [TrainableParameter]

    private let dropout: DropoutRates
    private let seed: UInt64
    private let kernels: Kernels
    private let embeddings: TrainableEmbeddings
    private let layers: [TrainableLayer]
    private let headLayer: TrainableHead
    let memory: TrainingMemory

    /// Takes each parameter from `initial`, which is called once for each and gives nil for one that is new.
    ///
    /// `seed` is that of new weights and of the dropout. `configuration` has been validated.
    package init<Failure: Error>(
        _ configuration: BERTConfiguration, head: Head, dropout: DropoutRates, kernels: Kernels, seed: UInt64,
        initial: (Parameter) throws(Failure) -> Tensor?
    ) throws(Failure) {
        var parameters: [TrainableParameter] = []
        for parameter in configuration.parameters(with: head) {
            parameters.append(TrainableParameter(parameter, initial: try initial(parameter), seed: seed))
        }
        let named = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0) })
        func parameter(_ name: String) -> TrainableParameter {
            guard let parameter = named[name] else { preconditionFailure("'\(name)' is not a parameter") }
            return parameter
        }
        self.configuration = configuration
        self.head = head
        self.parameters = parameters
        self.dropout = dropout
        self.seed = seed
        self.kernels = kernels
        embeddings = TrainableEmbeddings(configuration, kernels: kernels, parameter: parameter)
        layers = (0..<configuration.layerCount).map {
            TrainableLayer($0, configuration, kernels: kernels, parameter: parameter)
        }
        headLayer = TrainableHead(head, kernels: kernels, parameter: parameter)
        memory = TrainingMemory(configuration, head: head, kernels: kernels)
        parametersChanged(team: .alone)
    }

    var linears: [TrainableLinear] { layers.flatMap(\.linears) + headLayer.linears }

    /// Packs the weights again: to be called after every change of the parameters' values.
    package func parametersChanged(team: Team) {
        let linears = linears
        team.run { share in
            for linear in linears { linear.weight.repack(share: share) }
        }
    }

    package func clearGradients(team: Team) {
        let parameters = parameters
        team.run { share in
            for parameter in parameters {
                let part = share.part(of: parameter.gradient.count)
                (parameter.gradientMatrix.elements + part.lowerBound).update(repeating: 0, count: part.count)
            }
        }
    }

    /// Forward and backward of a micro-batch: adds to the gradients that of `scale` times the sum of its losses.
    ///
    /// - Parameters:
    ///   - batch: examples `firstExample ..< firstExample + batch.count` of the step; `firstExample` is a multiple of 4, and
    ///     so is the count except in the last micro-batch of a step
    ///   - targets: one an example, of the head's kind or unknown
    ///   - step: with the seed it keys the dropout
    /// - Returns: the sum of the losses, not scaled
    package func accumulate(
        _ batch: PackedBatch, targets: [Target], firstExample: Int, step: Int, scale: Float, objective: Objective,
        team: Team
    ) -> Double {
        precondition(targets.count == batch.count, "\(targets.count) targets of \(batch.count) examples")
        precondition(
            firstExample.isMultiple(of: TrainingMemory.sliceExamples), "a micro-batch from example \(firstExample)")
        let pass = forward(batch, firstExample: firstExample, rates: dropout, step: step, team: team)
        let loss = Loss(head: head, objective: objective, scale: Double(scale))
            .evaluate(batch, targets, memory.head)
        backward(pass, team: team)
        return loss
    }

    /// The logits of a batch, without dropout: memory of the model until its next call.
    package func score(_ batch: PackedBatch, team: Team) -> Scores {
        _ = forward(batch, firstExample: 0, rates: .none, step: 0, team: team)
        return Scores(
            sequence: head.sequenceMap == nil ? nil : memory.head.sequenceLogits,
            tokens: head.tokenMap == nil ? nil : memory.head.tokenLogits)
    }

    private func forward(
        _ batch: PackedBatch, firstExample: Int, rates: DropoutRates, step: Int, team: Team
    ) -> TrainingPass {
        batch.check(against: configuration)
        memory.fit(
            batch, firstExample: firstExample, configuration, head: head, lanes: team.limit, kernels: kernels)
        let pass = TrainingPass(batch: batch, memory: memory, rates: rates, seed: seed, step: step)
        team.run { [embeddings, layers, headLayer] share in
            embeddings.forward(pass, share: share)
            share.wait()
            for layer in layers { layer.forward(pass, share: share) }
            headLayer.forward(pass, share: share)
        }
        return pass
    }

    /// Stops where nothing below is trained.
    private func backward(_ pass: TrainingPass, team: Team) {
        let lowest = embeddings.isFrozen ? layers.firstIndex { !$0.isFrozen } ?? layers.count : -1
        team.run { [embeddings, layers, headLayer] share in
            headLayer.backward(pass, wantsInput: lowest < layers.count, share: share)
            for layer in layers[max(lowest, 0)...].reversed() {
                layer.backward(pass, wantsInput: layer.index > lowest, share: share)
            }
            if lowest < 0 { embeddings.backward(pass, share: share) }
        }
    }
}
