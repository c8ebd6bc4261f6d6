import CMessages

/// Texts, or pairs of them, to labels or values: one outcome a text, by a model with such a head.
public struct Classify: Equatable, Sendable {
    public var model: ModelReference
    public var texts: [Text]
    /// The second texts: one a text, or none at all.
    public var pairs: [Text]
    /// Special tokens included. Default and upper bound: the model's own.
    public var maxTokens: Int?
    /// One bad text fails the job; otherwise a bad row fails alone.
    public var isStrict: Bool
    /// Result events carry the digest alone.
    public var wantsNotices: Bool

    /// - Precondition: there are no pairs, or as many as texts.
    public init(
        model: ModelReference, texts: [Text], pairs: [Text] = [], maxTokens: Int? = nil, isStrict: Bool = false,
        wantsNotices: Bool = false
    ) {
        precondition(pairs.isEmpty || pairs.count == texts.count, "\(pairs.count) pairs for \(texts.count) texts")
        self.model = model
        self.texts = texts
        self.pairs = pairs
        self.maxTokens = maxTokens
        self.isStrict = isStrict
        self.wantsNotices = wantsNotices
    }
}

extension Classify: WireMessage {
    init(_ wire: Bertd__Classify) throws(MessageError) {
        try Read.onlyKnownFields(wire.base, "classify")
        model = try Read.modelReference(wire.has_model, wire.model, "model").required("model")
        isStrict = Read.bool(wire.has_strict, wire.strict) ?? false
        texts = try Read.texts(wire.n_texts, wire.texts, "texts", isStrict: isStrict)
        pairs = wire.n_pairs == 0 ? [] : try Read.texts(wire.n_pairs, wire.pairs, "pairs", isStrict: isStrict)
        guard pairs.isEmpty || pairs.count == texts.count else {
            throw .field("pairs", expected: "none, or one for each of \(texts.count) texts", found: "\(pairs.count)")
        }
        maxTokens = try Read.number(wire.has_max_tokens, wire.max_tokens, "max_tokens")
        wantsNotices = Read.bool(wire.has_notices, wire.notices) ?? false
    }

    func write(to wire: inout Bertd__Classify, _ arena: Arena) {
        arena.put(model.description, &wire.has_model, &wire.model)
        (wire.n_texts, wire.texts) = arena.list(texts.map(\.bytes))
        (wire.n_pairs, wire.pairs) = arena.list(pairs.map(\.bytes))
        arena.put(maxTokens, &wire.has_max_tokens, &wire.max_tokens)
        arena.put(isStrict, &wire.has_strict, &wire.strict)
        arena.put(wantsNotices, &wire.has_notices, &wire.notices)
    }
}
