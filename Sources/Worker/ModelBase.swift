import BERT
import Messages
import ModelFiles
import Tensors
import Tokenization

/// What all work with a model begins with: its tokenizer and its encoder.
///
/// It is immutable, and every lane uses the same one with a workspace of its own.
struct ModelBase: Sendable {
    let encoder: Encoder
    let tokenizer: Tokenizer
    /// Tokens of a sequence at most, by encoder and tokenizer.
    let tokenLimit: Int
    let kernels: Kernels

    init(_ folder: ModelFolder, blas: BLAS, kernels: Kernels) throws {
        let configuration = BERTConfiguration(folder.configuration)
        try configuration.validate()
        tokenizer = try Tokenizer(folder: folder.tokenizerFolder)
        try Self.check(tokenizer, against: configuration)
        encoder = try Encoder(configuration, blas: blas, kernels: kernels) { name, shape in
            try Tensor(folder.weights.tensor(name, shape: shape))
        }
        tokenLimit = folder.tokenLimit
        self.kernels = kernels
    }

    /// The tokens of a text or a pair.
    func encode(
        _ text: String, pair: String? = nil, maximumLength: Int, keepsPlaces: Bool = false
    ) throws(ServiceError) -> Encoding {
        var encoding = Encoding(keepsPlaces: keepsPlaces)
        tokenizer.encode(text, pair: pair, maximumLength: maximumLength, into: &encoding)
        try check(encoding.ids)
        return encoding
    }

    /// - Throws: for an id that the encoder does not have: tokens that were added to a vocabulary can have any
    func check(_ ids: [Int32]) throws(ServiceError) {
        let size = encoder.configuration.vocabularySize
        if let id = ids.max(), id >= size {
            throw ServiceError(.damaged, "the tokenizer gives id \(id), expected one below vocab_size \(size)")
        }
    }

    /// That every id that the tokenizer gives has a row in the table of words.
    private static func check(
        _ tokenizer: Tokenizer, against configuration: BERTConfiguration
    ) throws(ServiceError) {
        let pieces = tokenizer.vocabulary.pieces.count
        guard pieces <= configuration.vocabularySize else {
            throw ServiceError(
                .damaged,
                "the vocabulary has \(pieces) pieces, expected at most vocab_size \(configuration.vocabularySize)")
        }
    }
}

extension Text {
    /// - Throws: for bytes that are not UTF-8
    func validated(_ field: String) throws(ServiceError) -> String {
        guard let string else {
            throw ServiceError(.invalidUTF8, "the text is not UTF-8, expected valid UTF-8", field: field)
        }
        return string
    }
}
