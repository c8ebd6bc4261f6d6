package import Foundation

/// A BERT of two layers, eight wide, with seeded random weights: a whole Hugging Face folder, so that the service can be
/// tested where no real model is.
package enum TinyModel {
    package static let hiddenSize = 8
    package static let maximumTokens = 32

    /// Writes config.json, vocab.txt, tokenizer_config.json and model.safetensors.
    package static func write(to folder: URL, seed: UInt64 = 1) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try write(configuration, to: folder.appending(path: "config.json"))
        try write(#"{"do_lower_case": true}"#, to: folder.appending(path: "tokenizer_config.json"))
        try write(vocabulary.joined(separator: "\n") + "\n", to: folder.appending(path: "vocab.txt"))
        try weights(seed).write(to: folder.appending(path: "model.safetensors"))
    }

    private static let intermediateSize = 16
    private static let vocabulary: [String] =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + "abcdefghijklmnopqrstuvwxyz0123456789.,!?".map(String.init)
        + "abcdefghijklmnopqrstuvwxyz0123456789".map { "##\($0)" } + ["the", "good", "bad", "##ing"]

    private static let configuration = """
        {"model_type": "bert", "architectures": ["BertModel"], "vocab_size": \(vocabulary.count),
         "hidden_size": \(hiddenSize), "num_hidden_layers": 2, "num_attention_heads": 2,
         "intermediate_size": \(intermediateSize), "max_position_embeddings": \(maximumTokens), "type_vocab_size": 2,
         "hidden_act": "gelu", "layer_norm_eps": 1e-12}
        """

    private static func write(_ text: String, to url: URL) throws {
        try Data(text.utf8).write(to: url)
    }

    private static var shapes: [(name: String, shape: [Int])] {
        let (H, F) = (hiddenSize, intermediateSize)
        let embeddings: [(String, [Int])] = [
            ("embeddings.word_embeddings.weight", [vocabulary.count, H]),
            ("embeddings.position_embeddings.weight", [maximumTokens, H]),
            ("embeddings.token_type_embeddings.weight", [2, H]),
            ("embeddings.LayerNorm.weight", [H]), ("embeddings.LayerNorm.bias", [H]),
        ]
        let layers = (0..<2).flatMap { layer -> [(String, [Int])] in
            let parts: [(String, [Int])] = [
                ("attention.self.query", [H, H]), ("attention.self.key", [H, H]), ("attention.self.value", [H, H]),
                ("attention.output.dense", [H, H]), ("attention.output.LayerNorm", [H]),
                ("intermediate.dense", [F, H]), ("output.dense", [H, F]), ("output.LayerNorm", [H]),
            ]
            return parts.flatMap { name, shape in
                [("encoder.layer.\(layer).\(name).weight", shape), ("encoder.layer.\(layer).\(name).bias", [shape[0]])]
            }
        }
        return embeddings + layers
    }

    /// The safetensors format: length of the header, header, values one after another.
    private static func weights(_ seed: UInt64) -> Data {
        var random = Seeded(seed)
        var header: [String] = []
        var values: [Float] = []
        for (name, shape) in shapes {
            let count = shape.reduce(1, *)
            let begin = values.count * 4
            let isScale = name.hasSuffix("LayerNorm.weight")
            values += (0..<count).map { _ in isScale ? 1 : Float.random(in: -0.5...0.5, using: &random) }
            header.append(
                #""\#(name)": {"dtype": "F32", "shape": \#(shape), "data_offsets": [\#(begin), \#(begin + count * 4)]}"#
            )
        }
        let json = Data(("{" + header.joined(separator: ", ") + "}").utf8)
        var file = Data()
        withUnsafeBytes(of: UInt64(json.count).littleEndian) { file.append(contentsOf: $0) }
        file.append(json)
        values.withUnsafeBytes { file.append(contentsOf: $0) }
        return file
    }
}
