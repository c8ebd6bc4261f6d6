/// What can be asked of an embedding, checked as far as that goes without the model.
///
/// Whether the model has such a layer or such a prompt only a worker can tell.
package struct EmbeddingOptions: Sendable, Hashable {
    /// nil: as the model's own folder says.
    package var pooling: Pooling?
    /// 0 the embeddings, 1 the first layer …; negative counts from the end, -1 is the last.
    package var layer: Int
    /// Whether vectors have unit length; nil: as the model's own folder says.
    package var normalize: Bool?
    package var resultType: ResultType
    /// Special tokens included; nil, or more than the model takes: the model's own limit.
    package var maxTokens: Int?
    /// Name of the model's prompt that goes before every text; nil: the model's own default.
    package var prompt: String?
    /// Whether one rejected row fails the whole job.
    package var strict: Bool

    /// [CLS] and [SEP] have to fit.
    package static let leastMaxTokens = 2

    /// Bytes of a prompt's name.
    package static let longestPromptName = 256

    /// From the fields of the wire, where what is absent takes its default.
    package init(
        pooling: String? = nil, layer: Int? = nil, normalize: Bool? = nil, dtype: String? = nil,
        maxTokens: Int? = nil, prompt: String? = nil, strict: Bool? = nil
    ) throws(OptionError) {
        self.pooling = try Self.choice(pooling, of: "pooling")
        self.layer = layer ?? -1
        self.normalize = normalize
        self.resultType = try Self.choice(dtype, of: "dtype") ?? .float32
        if let maxTokens, maxTokens < Self.leastMaxTokens {
            throw .tooSmall(field: "max_tokens", least: Self.leastMaxTokens, found: maxTokens)
        }
        self.maxTokens = maxTokens
        if let prompt, prompt.utf8.count > Self.longestPromptName {
            throw .tooLong(field: "prompt", longest: Self.longestPromptName, found: prompt.utf8.count)
        }
        self.prompt = prompt
        self.strict = strict ?? false
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String?, of field: String
    ) throws(OptionError) -> Choice? {
        guard let name else { return nil }
        guard let choice = Choice(rawValue: name) else {
            throw .unknownName(field: field, expected: Choice.allCases.map(\.rawValue), found: name)
        }
        return choice
    }
}
