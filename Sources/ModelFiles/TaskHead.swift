/// The head that a fine-tuned model's `config.json` names, and the labels that its outputs stand for.
package struct TaskHead: Sendable, Equatable {
    /// By the class that `architectures` names; the last is ours, since transformers has none for two heads at once.
    package enum Kind: String, Sendable, CaseIterable {
        case sequence = "BertForSequenceClassification"
        case tokens = "BertForTokenClassification"
        case span = "BertForQuestionAnswering"
        case joint = "BertForIntentAndSlots"
    }

    package let kind: Kind
    /// Of the sequence, or of each token, by their index (`id2label`); empty for spans and a regression.
    package let labels: [String]
    /// Of each token of a joint head (`slot_id2label`).
    package let slotLabels: [String]
    /// Whether each label of a sequence is a question of its own, and several may hold (`problem_type`).
    package let isMultiLabel: Bool

    /// - Parameter labels: empty for spans; empty for a sequence head that gives one number
    package init(kind: Kind, labels: [String], slotLabels: [String] = []) {
        self.kind = kind
        self.labels = labels
        self.slotLabels = slotLabels
        isMultiLabel = false
    }

    package var isRegression: Bool { kind == .sequence && labels.isEmpty }

    /// Nil where the model has none of these heads: an encoder alone, or one with the heads of pre-training.
    init?(_ json: JSONObject) throws(ModelFileError) {
        guard case .array(let names)? = json.value("architectures"), case .string(let name)? = names.first,
            let kind = Kind(rawValue: name)
        else { return nil }
        self.kind = kind
        let problem = try json.optionalString("problem_type")
        let isRegression = kind == .sequence && problem == "regression"
        isMultiLabel = kind == .sequence && problem == "multi_label_classification"
        labels = kind == .span || isRegression ? [] : try Self.labels("id2label", json)
        slotLabels = kind == .joint ? try Self.labels("slot_id2label", json) : []
    }

    /// The names by their index; two without a name where the field is not there, which is transformers' default.
    private static func labels(_ field: String, _ json: JSONObject) throws(ModelFileError) -> [String] {
        guard json.value(field) != nil else { return ["LABEL_0", "LABEL_1"] }
        let object = try json.object(field)
        var labels: [String] = []
        for index in 0..<object.members.count { labels.append(try object.string("\(index)")) }
        guard !labels.isEmpty else { throw json.wrong(field, expected: "at least one label") }
        return labels
    }

    /// The members of `config.json` that say all this.
    var members: [String: JSONValue] {
        var members: [String: JSONValue] = ["architectures": .array([.string(kind.rawValue)])]
        switch kind {
        case .sequence where isRegression:
            members["problem_type"] = .string("regression")
            members.merge(Self.members("id2label", "label2id", ["LABEL_0"])) { $1 }
        case .sequence, .joint:
            members["problem_type"] = .string("single_label_classification")
            members.merge(Self.members("id2label", "label2id", labels)) { $1 }
        case .tokens: members.merge(Self.members("id2label", "label2id", labels)) { $1 }
        case .span: break
        }
        if kind == .joint { members.merge(Self.members("slot_id2label", "slot_label2id", slotLabels)) { $1 } }
        return members
    }

    private static func members(_ names: String, _ indices: String, _ labels: [String]) -> [String: JSONValue] {
        let pairs = labels.enumerated()
        return [
            names: .object(Dictionary(uniqueKeysWithValues: pairs.map { ("\($0)", .string($1)) })),
            indices: .object(Dictionary(pairs.map { ($1, .integer($0)) }) { first, _ in first }),
        ]
    }
}
