import BERT
import Messages
import ModelFiles
import Tasks
import Tensors
import Tokenization

extension EmbeddingModel {
    /// What to do under `options`.
    ///
    /// A pooling that is asked for by name takes the place of the model's own and of its dense layers, which expect no
    /// other. Vectors get unit length where asked, or where the model does so itself; those of single tokens where asked.
    ///
    /// - Throws: for a layer or a prompt that the model does not have
    func plan(_ options: EmbeddingOptions) throws(ServiceError) -> EmbeddingPlan {
        let configuration = encoder.configuration
        guard let layer = configuration.hiddenStateIndex(layer: options.layer) else {
            let count = configuration.layerCount
            throw ServiceError(
                .invalid, "layer \(options.layer), expected one from \(-count - 1) to \(count)", field: "layer")
        }
        let prompt = try prompt(named: options.prompt)
        let maximumTokens = min(options.maxTokens ?? .max, maximumTokens)
        // [SEP] is not a token of the prompt alone.
        let encoding = try encode(prompt, maximumLength: .max)
        let promptTokens = encoding.ids.count - 1
        guard promptTokens < maximumTokens else {
            throw ServiceError(
                .invalid, "the prompt takes \(promptTokens) of \(maximumTokens) tokens, expected less", field: "prompt")
        }
        let pooling = pooling(options.pooling)
        let steps = steps(options)
        return EmbeddingPlan(
            layer: layer, pooling: pooling, steps: steps, prompt: prompt,
            unpooledTokens: prompt.isEmpty || pipeline.pooling.includesPrompt ? 0 : promptTokens,
            emptyTokenCount: encoding.ids.count, maximumTokens: maximumTokens,
            width: steps.width(after: pooling?.width(hiddenSize: configuration.hiddenSize) ?? configuration.hiddenSize),
            resultType: options.resultType)
    }

    private func prompt(named name: String?) throws(ServiceError) -> String {
        guard let name = name ?? pipeline.defaultPromptName else { return "" }
        guard let prompt = pipeline.prompts[name] else {
            let known = pipeline.prompts.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
            throw ServiceError(
                .invalid,
                "prompt '\(Spelling.excerpt(name))', expected \(known.isEmpty ? "none: the model has none" : known)",
                field: "prompt")
        }
        return prompt
    }

    private func pooling(_ asked: Tasks.Pooling?) -> BERT.Pooling? {
        switch asked {
        case nil: BERT.Pooling(pipeline.pooling.modes.map(\.part))
        case .mean: .mean
        case .cls: .cls
        case .max: .max
        case .meanMax: .meanMax
        case .squareRootLength: .meanSqrtLength
        case .tokens: nil
        }
    }

    private func steps(_ options: EmbeddingOptions) -> [EmbeddingPlan.Step] {
        let normalize = EmbeddingPlan.Step.normalize(Normalize(kernels: kernels))
        let isNormalized = options.normalize ?? (options.pooling != .tokens && steps.contains(where: \.isNormalize))
        guard options.pooling == nil else { return isNormalized ? [normalize] : [] }
        switch options.normalize {
        case nil: return steps
        case true?: return steps.last?.isNormalize == true ? steps : steps + [normalize]
        case false?: return steps.filter { !$0.isNormalize }
        }
    }
}

extension EmbeddingPlan.Step {
    fileprivate var isNormalize: Bool {
        if case .normalize = self { true } else { false }
    }
}

extension [EmbeddingPlan.Step] {
    /// Columns of what comes out, given those of what goes in.
    fileprivate func width(after width: Int) -> Int {
        reduce(width) { width, step in
            if case .dense(let dense) = step { dense.outputs } else { width }
        }
    }
}

extension SentencePipeline.Pooling.Mode {
    fileprivate var part: BERT.Pooling.Part {
        switch self {
        case .cls: .cls
        case .max: .max
        case .mean: .mean
        case .meanSqrtLength: .meanSqrtLength
        }
    }
}
