import CMessages

/// Texts to the spans that a model with a head on tokens finds in them.
public struct TagTokens: Equatable, Sendable {
    public var model: ModelReference
    public var texts: [Text]
    /// Special tokens included. Default and upper bound: the model's own.
    public var maxTokens: Int?
    /// One bad text fails the job; otherwise a bad row fails alone.
    public var isStrict: Bool
    /// Result events carry the digest alone.
    public var wantsNotices: Bool

    public init(
        model: ModelReference, texts: [Text], maxTokens: Int? = nil, isStrict: Bool = false, wantsNotices: Bool = false
    ) {
        self.model = model
        self.texts = texts
        self.maxTokens = maxTokens
        self.isStrict = isStrict
        self.wantsNotices = wantsNotices
    }
}

extension TagTokens: WireMessage {
    init(_ wire: Bertd__TagTokens) throws(MessageError) {
        try Read.onlyKnownFields(wire.base, "tag_tokens")
        model = try Read.modelReference(wire.has_model, wire.model, "model").required("model")
        isStrict = Read.bool(wire.has_strict, wire.strict) ?? false
        texts = try Read.texts(wire.n_texts, wire.texts, "texts", isStrict: isStrict)
        maxTokens = try Read.number(wire.has_max_tokens, wire.max_tokens, "max_tokens")
        wantsNotices = Read.bool(wire.has_notices, wire.notices) ?? false
    }

    func write(to wire: inout Bertd__TagTokens, _ arena: Arena) {
        arena.put(model.description, &wire.has_model, &wire.model)
        (wire.n_texts, wire.texts) = arena.list(texts.map(\.bytes))
        arena.put(maxTokens, &wire.has_max_tokens, &wire.max_tokens)
        arena.put(isStrict, &wire.has_strict, &wire.strict)
        arena.put(wantsNotices, &wire.has_notices, &wire.notices)
    }
}
