import BERT
import Foundation
import Messages
import ModelFiles
import Tasks
import Tensors
import Tokenization

/// An embedding model in memory: text to token ids, and ids to vectors.
///
///     text ── tokenize ──► ids ── encoder ──► [tokens, hidden] ── pooling ──► [rows, width] ── dense, normalize ──► bytes
///
/// It is immutable, and every lane uses the same one with a workspace of its own.
struct EmbeddingModel: Sendable {
    /// Tokens of a row at most, special ones included.
    var maximumTokens: Int { pipeline.maximumTokens }

    let encoder: Encoder
    let tokenizer: Tokenizer
    let pipeline: SentencePipeline
    /// What the model's own folder puts after pooling.
    let steps: [EmbeddingPlan.Step]
    let kernels: Kernels

    /// Opens a folder from Hugging Face or sentence-transformers; the weights stay where they are, mapped.
    init(opening url: URL, blas: BLAS, kernels: Kernels) throws(ServiceError) {
        do {
            let folder = try ModelFolder(opening: url)
            let configuration = BERTConfiguration(folder.configuration)
            try configuration.validate()
            tokenizer = try Tokenizer(folder: folder.tokenizerFolder)
            try Self.check(tokenizer, against: configuration)
            encoder = try Encoder(configuration, blas: blas, kernels: kernels) { name, shape in
                try Tensor(folder.weights.tensor(name, shape: shape))
            }
            pipeline = folder.pipeline
            steps = try folder.pipeline.steps.map { try EmbeddingPlan.Step($0, blas: blas, kernels: kernels) }
            self.kernels = kernels
        } catch {
            throw ServiceError(opening: error)
        }
    }

    /// The ids of a text under a plan, cut to its limit.
    ///
    /// - Throws: for bytes that are not UTF-8
    func tokenize(_ text: [UInt8], _ plan: EmbeddingPlan) throws(ServiceError) -> TokenizedText {
        guard let string = String(validating: text, as: UTF8.self) else {
            throw ServiceError(.invalidUTF8, "the text is not UTF-8, expected valid UTF-8")
        }
        let encoding = encode(plan.prompt + string, maximumLength: plan.maximumTokens)
        // Tokens that were added to a vocabulary can have any id.
        if let id = encoding.ids.max(), id >= encoder.configuration.vocabularySize {
            throw ServiceError(
                .damaged,
                "the tokenizer gives id \(id), expected one below vocab_size \(encoder.configuration.vocabularySize)")
        }
        return TokenizedText(
            ids: encoding.ids, droppedTokens: encoding.truncatedTokens.first,
            isEmpty: encoding.ids.count <= plan.emptyTokenCount)
    }

    /// The tokens of a prompt and a text, lower-cased first where the model's folder wants more of it than its tokenizer.
    func encode(_ text: String, maximumLength: Int) -> Encoding {
        let isLowercased = pipeline.lowercasesText && !tokenizer.options.lowercases
        var encoding = Encoding(keepsPlaces: false)
        tokenizer.encode(isLowercased ? text.lowercased() : text, maximumLength: maximumLength, into: &encoding)
        return encoding
    }

    /// The vectors of one micro-batch, as bytes: little endian and row-major, `[rows, width]`, or `[tokens, width]` where
    /// the plan gives a vector for each token.
    ///
    /// - Parameter sequences: at least one, each the ids of `tokenize` under a plan with the same options
    func embed(
        _ sequences: [[Int32]], _ plan: EmbeddingPlan, on workspace: EmbeddingWorkspace, team: Team = .alone
    ) -> [UInt8] {
        workspace.batch.removeAll()
        for ids in sequences { workspace.batch.append(ids: ids) }
        let hidden = encoder.forward(workspace.batch, layer: plan.layer, workspace: workspace.encoder, team: team)
        var vectors = hidden
        if let pooling = plan.pooling {
            vectors = workspace.pooled
            let (rows, starts) = workspace.withoutPrompt(hidden, tokenCount: plan.unpooledTokens)
            pooling.apply(rows, starts: starts, kernels: kernels, into: vectors)
        }
        for step in plan.steps {
            switch step {
            case .dense(let dense):
                let output = vectors === workspace.pooled ? workspace.projected : workspace.pooled
                dense.apply(vectors, into: output)
                vectors = output
            case .normalize(let normalize):
                normalize.apply(vectors)
            }
        }
        return vectors.bytes(rows: 0..<vectors.rows, as: plan.resultType == .float16 ? .float16 : .float32)
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
