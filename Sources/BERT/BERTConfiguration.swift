package import Tensors

/// The sizes of a BERT encoder (Devlin et al. 2019, §3), by Hugging Face's `config.json`.
package struct BERTConfiguration: Sendable, Equatable {
    package var vocabularySize: Int
    package var hiddenSize: Int
    package var layerCount: Int
    package var headCount: Int
    package var intermediateSize: Int
    package var maximumPositions: Int
    package var typeVocabularySize: Int
    package var layerNormEpsilon: Float
    package var activation: Activation

    package init(
        vocabularySize: Int, hiddenSize: Int, layerCount: Int, headCount: Int, intermediateSize: Int,
        maximumPositions: Int, typeVocabularySize: Int, layerNormEpsilon: Float, activation: Activation
    ) {
        self.vocabularySize = vocabularySize
        self.hiddenSize = hiddenSize
        self.layerCount = layerCount
        self.headCount = headCount
        self.intermediateSize = intermediateSize
        self.maximumPositions = maximumPositions
        self.typeVocabularySize = typeVocabularySize
        self.layerNormEpsilon = layerNormEpsilon
        self.activation = activation
    }

    package var headSize: Int { hiddenSize / headCount }

    /// Throws what makes this no BERT; an `Encoder` expects a configuration that passed.
    package func validate() throws(BERTError) {
        let sizes = [
            ("vocab_size", vocabularySize), ("hidden_size", hiddenSize), ("num_hidden_layers", layerCount),
            ("num_attention_heads", headCount), ("intermediate_size", intermediateSize),
            ("max_position_embeddings", maximumPositions), ("type_vocab_size", typeVocabularySize),
        ]
        for (field, found) in sizes where found < 1 { throw .notPositive(field: field, found: found) }
        guard hiddenSize.isMultiple(of: headCount) else {
            throw .headsDoNotDivide(hiddenSize: hiddenSize, headCount: headCount)
        }
        guard typeVocabularySize <= 256 else { throw .tooManyTypes(found: typeVocabularySize, most: 256) }
        guard layerNormEpsilon > 0, layerNormEpsilon < 1 else { throw .badEpsilon(found: layerNormEpsilon) }
    }

    /// Which hidden state a layer number means: 0 the embeddings … `layerCount` the last layer; negative numbers count from
    /// the end, -1 the last. Nil where there is no such layer.
    package func hiddenStateIndex(layer: Int) -> Int? {
        let count = layerCount + 1
        guard layer >= -count, layer < count else { return nil }
        return layer < 0 ? count + layer : layer
    }
}
