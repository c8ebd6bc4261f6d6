import BERT
import Tensors

/// A BERT of two layers, eight wide, with the parameters that golden.py gives it.
enum TinyModel {
    static let configuration = BERTConfiguration(
        vocabularySize: 32, hiddenSize: 8, layerCount: 2, headCount: 2, intermediateSize: 16, maximumPositions: 16,
        typeVocabularySize: 2, layerNormEpsilon: 1e-5, activation: .gelu)

    static func encoder(_ level: Kernels.Level, activation: Activation = .gelu) throws -> Encoder {
        var configuration = configuration
        configuration.activation = activation
        let names = configuration.parameters.map(\.name)
        return try Encoder(configuration, blas: BLAS.open(), kernels: Kernels(level)) { name, shape in
            Tensor(shape: shape, values: values(names.firstIndex(of: name) ?? 0, name, shape.reduce(1, *)))
        }
    }

    static func values(_ index: Int, _ name: String, _ count: Int) -> [Float] {
        (0..<count).map { j in
            Float((index * 7919 + j * 104_729) % 2003) / 2003 - 0.5 + (name.hasSuffix("LayerNorm.weight") ? 1 : 0)
        }
    }

    /// The two sequences of the golden values.
    static var batch: PackedBatch {
        var batch = PackedBatch()
        batch.append(ids: [2, 5, 9, 31, 3], types: [0, 0, 0, 1, 1])
        batch.append(ids: [2, 7, 3])
        return batch
    }
}
