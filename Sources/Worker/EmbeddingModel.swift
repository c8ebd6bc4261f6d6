import BERT
import Messages
import ModelFiles
import Tasks
import Tensors
import Tokenization

/// A model that embeds: text to token ids, and ids to vectors.
///
///     text ── tokenize ──► ids ── encoder ──► [tokens, hidden] ── pooling ──► [rows, width] ── dense, normalize ──► bytes
struct EmbeddingModel: Sendable {
    let base: ModelBase
    let pipeline: SentencePipeline
    /// What the model's own folder puts after pooling.
    let steps: [EmbeddingPlan.Step]

    /// Tokens of a row at most, special ones included.
    var maximumTokens: Int { pipeline.maximumTokens }
    var encoder: Encoder { base.encoder }
    var kernels: Kernels { base.kernels }

    init(_ base: ModelBase, _ folder: ModelFolder, blas: BLAS) throws {
        self.base = base
        pipeline = folder.pipeline
        steps = try folder.pipeline.steps.map { try EmbeddingPlan.Step($0, blas: blas, kernels: base.kernels) }
    }

    /// The ids of a text under a plan, cut to its limit.
    ///
    /// - Throws: for bytes that are not UTF-8
    func tokenize(_ text: Text, _ plan: EmbeddingPlan) throws(ServiceError) -> TokenizedText {
        let string = try text.validated("texts")
        let encoding = try encode(plan.prompt + string, maximumLength: plan.maximumTokens)
        return TokenizedText(
            ids: encoding.ids, droppedTokens: encoding.truncatedTokens.first,
            isEmpty: encoding.ids.count <= plan.emptyTokenCount)
    }

    /// The tokens of a prompt and a text, lower-cased first where the model's folder wants more of it than its tokenizer.
    func encode(_ text: String, maximumLength: Int) throws(ServiceError) -> Encoding {
        let isLowercased = pipeline.lowercasesText && !base.tokenizer.options.lowercases
        return try base.encode(isLowercased ? text.lowercased() : text, maximumLength: maximumLength)
    }

    /// The vectors of `workspace.batch`: `[rows, width]`, or `[tokens, width]` where the plan gives a vector for each
    /// token; memory of the workspace.
    func embed(_ plan: EmbeddingPlan, on workspace: LaneWorkspace, team: Team = .alone) -> Matrix {
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
        return vectors
    }
}
