/// A number that says how good a model is, as events, files and settings name it.
package enum MetricName: String, NamedChoice {
    case loss
    case accuracy
    /// Of the second of two labels; of entities (seqeval); of the words of answers (SQuAD).
    case f1
    case precision
    case recall
    /// Mean of the labels' F1.
    case macroF1 = "macro_f1"
    /// Mean of the labels' F1, weighted by their rows.
    case weightedF1 = "weighted_f1"
    /// Matthews' correlation coefficient, of any number of labels.
    case matthews = "matthews_correlation"
    case pearson
    case spearman
    case meanSquaredError = "mse"
    case exactMatch = "exact_match"
    case intentAccuracy = "intent_accuracy"
    case slotF1 = "slot_f1"
    case slotPrecision = "slot_precision"
    case slotRecall = "slot_recall"

    package enum Direction: String, Sendable, Hashable {
        case maximize, minimize
    }

    package var direction: Direction {
        switch self {
        case .loss, .meanSquaredError: .minimize
        default: .maximize
        }
    }

    /// Whether `value` is a better one than `best`; NaN never is.
    package func isBetter(_ value: Double, than best: Double) -> Bool {
        switch direction {
        case .maximize: value > best || best.isNaN && !value.isNaN
        case .minimize: value < best || best.isNaN && !value.isNaN
        }
    }

    /// What a task of this kind is judged by, the loss aside; the first of them picks the best checkpoint.
    package static func judging(_ kind: TaskKind) -> [MetricName] {
        switch kind {
        case .classification: [.macroF1, .accuracy, .f1, .precision, .recall, .weightedF1, .matthews]
        case .regression: [.pearson, .spearman, .meanSquaredError]
        case .questionAnswering: [.f1, .exactMatch]
        case .tokenClassification: [.f1, .precision, .recall, .accuracy]
        case .intentSlots: [.slotF1, .slotPrecision, .slotRecall, .intentAccuracy]
        }
    }

    /// The metric of this name, with or without the prefix of the set that it was measured on (`eval/f1`, `eval_f1`).
    package init(of found: String, field: String) throws(OptionError) {
        let folded = Spelling.folded(found)
        let prefix = Self.prefixes.first { folded.hasPrefix($0) } ?? ""
        do {
            try self.init(named: String(folded.dropFirst(prefix.count)), field: field)
        } catch {
            throw .unknownName(field: field, expected: Self.allCases.map(\.rawValue), found: found)
        }
    }

    private static let prefixes = ["eval", "dev", "validation", "valid", "val", "test"].flatMap {
        ["\($0)/", "\($0)-"]
    }

    package static let synonyms: [String: MetricName] = [
        "acc": .accuracy, "f1-score": .f1, "overall-f1": .f1, "entity-f1": .f1, "overall-precision": .precision,
        "overall-recall": .recall, "overall-accuracy": .accuracy, "f1-macro": .macroF1, "f1-weighted": .weightedF1,
        "mcc": .matthews, "matthews": .matthews, "matthews-corrcoef": .matthews, "pearsonr": .pearson,
        "pearson-correlation": .pearson, "spearmanr": .spearman, "spearman-correlation": .spearman,
        "mean-squared-error": .meanSquaredError, "em": .exactMatch, "exact": .exactMatch, "intent-acc": .intentAccuracy,
    ]
}
