/// One tensor that an encoder is made of, by Hugging Face's name without the `bert.` that task models put before it.
package struct Parameter: Sendable, Equatable {
    package let name: String
    package let shape: [Int]

    package init(_ name: String, _ shape: [Int]) {
        self.name = name
        self.shape = shape
    }
}

extension BERTConfiguration {
    /// Every parameter of the encoder, in the order in which `BertModel` has them. Linear weights are `[out, in]`.
    package var parameters: [Parameter] {
        let embeddings = [
            Parameter("embeddings.word_embeddings.weight", [vocabularySize, hiddenSize]),
            Parameter("embeddings.position_embeddings.weight", [maximumPositions, hiddenSize]),
            Parameter("embeddings.token_type_embeddings.weight", [typeVocabularySize, hiddenSize]),
        ]
        return embeddings + norm("embeddings.LayerNorm") + (0..<layerCount).flatMap(layerParameters)
    }

    private func layerParameters(_ index: Int) -> [Parameter] {
        let layer = "encoder.layer.\(index)"
        return ["query", "key", "value"].flatMap {
            linear("\(layer).attention.self.\($0)", outputs: hiddenSize, inputs: hiddenSize)
        }
            + linear("\(layer).attention.output.dense", outputs: hiddenSize, inputs: hiddenSize)
            + norm("\(layer).attention.output.LayerNorm")
            + linear("\(layer).intermediate.dense", outputs: intermediateSize, inputs: hiddenSize)
            + linear("\(layer).output.dense", outputs: hiddenSize, inputs: intermediateSize)
            + norm("\(layer).output.LayerNorm")
    }

    func linear(_ name: String, outputs: Int, inputs: Int) -> [Parameter] {
        [Parameter("\(name).weight", [outputs, inputs]), Parameter("\(name).bias", [outputs])]
    }

    private func norm(_ name: String) -> [Parameter] {
        [Parameter("\(name).weight", [hiddenSize]), Parameter("\(name).bias", [hiddenSize])]
    }
}
