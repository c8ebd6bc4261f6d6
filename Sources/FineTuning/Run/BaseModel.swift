import BERT
import Foundation
import ModelFiles
import Tasks
import Tensors

/// The model that a run starts from, and what its fine-tuned form is called in files.
struct BaseModel {
    let folder: ModelFolder
    let configuration: BERTConfiguration

    init(_ url: URL) throws(FineTuningError) {
        do {
            folder = try ModelFolder(opening: url)
        } catch {
            throw .model(reason: "\(error)")
        }
        let sizes = folder.configuration
        configuration = BERTConfiguration(
            vocabularySize: sizes.vocabularySize, hiddenSize: sizes.hiddenSize, layerCount: sizes.layerCount,
            headCount: sizes.headCount, intermediateSize: sizes.intermediateSize,
            maximumPositions: sizes.maximumPositions, typeVocabularySize: sizes.tokenTypeCount,
            layerNormEpsilon: Float(sizes.layerNormEpsilon), activation: Activation(sizes.activation))
        do {
            try configuration.validate()
        } catch {
            throw .model(reason: "\(error)")
        }
    }

    /// Refuses what the model has no embedding for: a tokenizer that belongs to another model, or sequences too long.
    func check(_ examples: [Example]) throws(FineTuningError) {
        for example in examples {
            guard example.tokenCount <= configuration.maximumPositions else {
                throw .model(
                    reason: "an example has \(example.tokenCount) tokens, expected at most "
                        + "\(configuration.maximumPositions)")
            }
            for id in example.ids where id < 0 || id >= configuration.vocabularySize {
                throw .model(
                    reason: "its tokenizer gives the token \(id), expected less than vocab_size "
                        + "\(configuration.vocabularySize)")
            }
            for type in example.types where type >= configuration.typeVocabularySize {
                throw .model(
                    reason: "the task needs the token type \(type), expected less than type_vocab_size "
                        + "\(configuration.typeVocabularySize)")
            }
        }
    }

    /// The model in training, with the head of a task; what the folder has no weights for starts seeded.
    ///
    /// The weights of a head are taken only where the folder's own head gives the same labels.
    func training(
        _ task: any TrainingTask, options: FineTuningOptions, kernels: Kernels
    ) throws(FineTuningError) -> TrainingModel {
        let keepsHead = folder.head == TaskHead(task)
        let model = try TrainingModel(
            configuration, head: task.head, dropout: dropout(options), kernels: kernels,
            seed: UInt64(bitPattern: Int64(options.seed))
        ) { (parameter) throws(FineTuningError) in
            let name = parameter.name.hasPrefix("bert.") ? String(parameter.name.dropFirst(5)) : parameter.name
            let isHead = !parameter.name.hasPrefix("bert.")
            let isPooler = name.hasPrefix("pooler.")
            if isHead && !keepsHead || isPooler && !folder.weights.contains(name) { return nil }
            return try tensor(name, parameter.shape)
        }
        for parameter in model.parameters where freezes(parameter.name, options.frozenLayers) {
            parameter.isFrozen = true
        }
        return model
    }

    /// The parameters of an encoder's first layers, and with them the embeddings.
    private func freezes(_ name: String, _ layers: Int) -> Bool {
        guard layers > 0 else { return false }
        if name.hasPrefix("bert.embeddings.") { return true }
        let parts = name.split(separator: ".")
        guard name.hasPrefix("bert.encoder.layer."), parts.count > 3, let layer = Int(parts[3]) else { return false }
        return layer < layers
    }

    private func dropout(_ options: FineTuningOptions) -> DropoutRates {
        let own = folder.configuration
        return DropoutRates(
            hidden: Float(options.dropout ?? own.hiddenDropout),
            attention: Float(options.dropout ?? own.attentionDropout),
            head: Float(options.dropout ?? own.classifierDropout ?? own.hiddenDropout))
    }

    private func tensor(_ name: String, _ shape: [Int]) throws(FineTuningError) -> Tensor {
        do {
            let mapped = try folder.weights.tensor(name, shape: shape)
            return try mapped.withBytes { (bytes) throws(TensorError) in
                try Tensor(shape: shape, type: ElementType(mapped.dtype), bytes: bytes, owner: mapped.owner)
            }
        } catch {
            throw .model(reason: "\(error)")
        }
    }

    func shell(_ task: any TrainingTask) -> ModelShell {
        ModelShell(
            configuration: folder.configuration(with: TaskHead(task)), tokenizerFiles: folder.tokenizerFiles)
    }
}

extension TaskHead {
    /// What stands in `config.json` for the head of a task.
    init(_ task: any TrainingTask) {
        switch task.head {
        case .sequence: self.init(kind: .sequence, labels: task.labels)
        case .tokens: self.init(kind: .tokens, labels: task.labels)
        case .span: self.init(kind: .span, labels: [])
        case .joint: self.init(kind: .joint, labels: task.labels, slotLabels: task.tokenLabels)
        }
    }
}

extension Activation {
    fileprivate init(_ activation: ModelConfiguration.Activation) {
        switch activation {
        case .gelu: self = .gelu
        case .geluTanh: self = .geluTanh
        case .relu: self = .relu
        }
    }
}

extension ElementType {
    /// `dtype` is one that weights are read from.
    fileprivate init(_ dtype: TensorDType) {
        switch dtype {
        case .float16: self = .float16
        case .bfloat16: self = .bfloat16
        default: self = .float32
        }
    }
}
