/// The tasks that a model can be fine-tuned for: five kinds for a person's own files, and the named data sets of the
/// seed's scripts, which fix the layout of their files, their labels and their hyper-parameters.
package enum TaskName: String, NamedChoice {
    case classification
    case regression
    case questionAnswering = "question-answering"
    case tokenClassification = "token-classification"
    case intentSlots = "intent-slots"

    case cola
    case sst2 = "sst-2"
    case mrpc
    case stsb = "sts-b"
    case qqp
    case mnli
    case qnli
    case rte
    case wnli
    case xnli
    case lcqmc
    case chnsenticorp
    case squad11 = "squad-1.1"
    case squad20 = "squad-2.0"
    case conll2003 = "conll-2003"
    case snips
    case atis

    package var kind: TaskKind {
        switch self {
        case .classification, .cola, .sst2, .mrpc, .qqp, .mnli, .qnli, .rte, .wnli, .xnli, .lcqmc, .chnsenticorp:
            .classification
        case .regression, .stsb: .regression
        case .questionAnswering, .squad11, .squad20: .questionAnswering
        case .tokenClassification, .conll2003: .tokenClassification
        case .intentSlots, .snips, .atis: .intentSlots
        }
    }

    /// Whether the task is a known data set rather than a kind of task.
    package var isNamedSet: Bool { TaskKind(rawValue: rawValue) == nil }

    package static let synonyms: [String: TaskName] = [
        "text-classification": .classification, "sequence-classification": .classification,
        "qa": .questionAnswering, "extractive-qa": .questionAnswering,
        "ner": .tokenClassification, "tagging": .tokenClassification,
        "joint": .intentSlots, "icsl": .intentSlots, "intent-slot": .intentSlots,
        "sst": .sst2, "sst2": .sst2, "stsb": .stsb, "sts": .stsb,
        "mnli-m": .mnli, "chn-senti-corp": .chnsenticorp,
        "squad": .squad11, "squad1.1": .squad11, "squad-v1.1": .squad11, "squad-1": .squad11, "squad1": .squad11,
        "squad2.0": .squad20, "squad-v2.0": .squad20, "squad-v2": .squad20, "squad-2": .squad20, "squad2": .squad20,
        "conll": .conll2003, "conll2003": .conll2003,
    ]
}
