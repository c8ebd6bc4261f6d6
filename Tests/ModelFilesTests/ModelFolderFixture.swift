@testable import ModelFiles

/// A folder with a BERT of 2 layers and 8 columns in sentence-transformers' form, for tests to break in one place.
enum ModelFolderFixture {
    static let config = """
        {
          "architectures": ["BertModel"], "model_type": "bert", "hidden_act": "gelu", "hidden_size": 8,
          "intermediate_size": 16, "layer_norm_eps": 1e-12, "max_position_embeddings": 32, "num_attention_heads": 2,
          "num_hidden_layers": 2, "position_embedding_type": "absolute", "type_vocab_size": 2, "vocab_size": 20
        }
        """
    static let modules = """
        [
          {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
          {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
          {"idx": 2, "name": "2", "path": "2_Dense", "type": "sentence_transformers.models.Dense"},
          {"idx": 3, "name": "3", "path": "3_Normalize", "type": "sentence_transformers.models.Normalize"}
        ]
        """
    static let pooling = """
        {"word_embedding_dimension": 8, "pooling_mode_cls_token": false, "pooling_mode_mean_tokens": true}
        """
    static let dense = """
        {"in_features": 8, "out_features": 3, "bias": true, "activation_function": "torch.nn.modules.activation.Tanh"}
        """

    /// The model in such a folder, which is gone when this returns; the mapping is not.
    static func open(_ replaced: [String: String?] = [:]) throws -> ModelFolder {
        let folder = try make(replaced)
        defer { withExtendedLifetime(folder) {} }
        return try ModelFolder(opening: folder.url)
    }

    /// The folder, with some of its files replaced by other text or, where nil, left out.
    static func make(_ replaced: [String: String?] = [:]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let texts = [
            "config.json": config, "modules.json": modules, "1_Pooling/config.json": pooling,
            "2_Dense/config.json": dense,
            "sentence_bert_config.json": #"{"max_seq_length": 24, "do_lower_case": false}"#,
            "tokenizer_config.json": #"{"model_max_length": 1000000000000000019884624838656}"#, "vocab.txt": "[PAD]\n",
            "README.md": "not a part of the model",
        ]
        for (path, text) in texts.merging(replaced.compactMapValues { $0 }, uniquingKeysWith: { $1 }) {
            guard replaced[path] != .some(.none) else { continue }
            try folder.write(text, to: path)
        }
        for (path, tensors) in [
            ("model.safetensors", [("embeddings.LayerNorm.weight", [8])]),
            ("2_Dense/model.safetensors", [("linear.weight", [3, 8]), ("linear.bias", [3])]),
        ] where replaced[path] == nil {
            try folder.write(SafeTensorsFile.bytes(tensors), to: path)
        }
        return folder
    }
}
