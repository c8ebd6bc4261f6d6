import CMessages

/// Texts to vectors, one row of the result per text.
///
/// Whether the options make sense, and whether the model has them, is for others to say; here they are as received.
public struct Embed: Equatable, Sendable {
    public var model: ModelReference
    public var texts: [Text]
    /// Default: the model's own.
    public var pooling: String?
    /// 0 embeddings, 1 first layer; negative counts from the end. Default: the last.
    public var layer: Int?
    /// To unit length. Default: the model's own.
    public var normalize: Bool?
    /// Default: `float32`.
    public var dtype: String?
    /// Special tokens included. Default and upper bound: the model's own.
    public var maxTokens: Int?
    /// The name of one of the model's prompts.
    public var prompt: String?
    /// One bad text fails the job; otherwise a bad row fails alone.
    public var isStrict: Bool
    /// Result events carry the digest alone.
    public var wantsNotices: Bool

    public init(
        model: ModelReference, texts: [Text], pooling: String? = nil, layer: Int? = nil, normalize: Bool? = nil,
        dtype: String? = nil, maxTokens: Int? = nil, prompt: String? = nil, isStrict: Bool = false,
        wantsNotices: Bool = false
    ) {
        self.model = model
        self.texts = texts
        self.pooling = pooling
        self.layer = layer
        self.normalize = normalize
        self.dtype = dtype
        self.maxTokens = maxTokens
        self.prompt = prompt
        self.isStrict = isStrict
        self.wantsNotices = wantsNotices
    }
}

extension Embed: WireMessage {
    init(_ wire: Bertd__Embed) throws(MessageError) {
        try Read.onlyKnownFields(wire.base, "embed")
        model = try Read.modelReference(wire.has_model, wire.model, "model").required("model")
        isStrict = Read.bool(wire.has_strict, wire.strict) ?? false
        texts = try Read.texts(wire.n_texts, wire.texts, "texts", isStrict: isStrict)
        pooling = try Read.string(wire.has_pooling, wire.pooling, "pooling")
        layer = Read.present(wire.has_layer, Int(wire.layer))
        normalize = Read.bool(wire.has_normalize, wire.normalize)
        dtype = try Read.string(wire.has_dtype, wire.dtype, "dtype")
        maxTokens = try Read.number(wire.has_max_tokens, wire.max_tokens, "max_tokens")
        prompt = try Read.string(wire.has_prompt, wire.prompt, "prompt")
        wantsNotices = Read.bool(wire.has_notices, wire.notices) ?? false
    }

    func write(to wire: inout Bertd__Embed, _ arena: Arena) {
        arena.put(model.description, &wire.has_model, &wire.model)
        (wire.n_texts, wire.texts) = arena.list(texts.map(\.bytes))
        arena.put(pooling, &wire.has_pooling, &wire.pooling)
        arena.put(layer, &wire.has_layer, &wire.layer)
        arena.put(normalize, &wire.has_normalize, &wire.normalize)
        arena.put(dtype, &wire.has_dtype, &wire.dtype)
        arena.put(maxTokens, &wire.has_max_tokens, &wire.max_tokens)
        arena.put(prompt, &wire.has_prompt, &wire.prompt)
        arena.put(isStrict, &wire.has_strict, &wire.strict)
        arena.put(wantsNotices, &wire.has_notices, &wire.notices)
    }
}
