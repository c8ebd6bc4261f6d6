import BERT
import Messages
import ModelFiles
import Tensors
import Tokenization

// What the rooms below call the same thing, in each other's words.

extension BERTConfiguration {
    init(_ configuration: ModelConfiguration) {
        let activation: Activation =
            switch configuration.activation {
            case .gelu: .gelu
            case .geluTanh: .geluTanh
            case .relu: .relu
            }
        self.init(
            vocabularySize: configuration.vocabularySize, hiddenSize: configuration.hiddenSize,
            layerCount: configuration.layerCount, headCount: configuration.headCount,
            intermediateSize: configuration.intermediateSize, maximumPositions: configuration.maximumPositions,
            typeVocabularySize: configuration.tokenTypeCount,
            layerNormEpsilon: Float(configuration.layerNormEpsilon), activation: activation)
    }
}

extension Tensor {
    /// Borrows the mapping where the element type allows, else converts.
    init(_ tensor: MappedTensor) throws {
        let type: Tensors.ElementType
        switch tensor.dtype {
        case .float32: type = .float32
        case .float16: type = .float16
        case .bfloat16: type = .bfloat16
        default:
            throw ModelFileError.tensorDType(
                file: tensor.owner.name, tensor: tensor.name, expected: [.float32, .float16, .bfloat16],
                found: tensor.dtype)
        }
        self = try tensor.withBytes { bytes throws(TensorError) in
            try Tensor(shape: tensor.shape, type: type, bytes: bytes, owner: tensor.owner)
        }
    }
}

extension EmbeddingPlan.Step {
    init(_ step: SentencePipeline.Step, blas: BLAS, kernels: Kernels) throws {
        switch step {
        case .normalize: self = .normalize(Normalize(kernels: kernels))
        case .dense(let layer):
            let activation: Activation =
                switch layer.activation {
                case .identity: .identity
                case .tanh: .tanh
                }
            self = .dense(
                Dense(
                    weight: try Tensor(layer.weight), bias: try layer.bias.map { try Tensor($0) },
                    activation: activation, blas: blas, kernels: kernels))
        }
    }
}

extension ServiceError {
    /// Why a model's folder cannot be served: `unsupported` where another program could, else `damaged`.
    init(opening error: any Error) {
        switch error {
        case let error as ServiceError: self = error
        case let error as ModelFileError: self.init(error.isUnsupported ? .unsupported : .damaged, "\(error)")
        case let error as BERTError: self.init(.unsupported, "\(error)")
        default: self.init(.damaged, "\(error)")
        }
    }
}

extension ModelFileError {
    fileprivate var isUnsupported: Bool {
        switch self {
        case .field, .unknownModule, .pickledWeights: true
        default: false
        }
    }
}
