/// What a file of data is for.
package enum DataRole: String, NamedChoice {
    /// Learned from.
    case train
    /// Judged on while training; picks the best checkpoint.
    case dev
    /// MNLI's second development set, of other kinds of text.
    case devMismatched = "dev-mismatched"
    /// Predicted by the best checkpoint at the end; its labels, if any, are judged too.
    case test

    package static let synonyms: [String: DataRole] = [
        "training": .train, "validation": .dev, "valid": .dev, "val": .dev, "eval": .dev, "development": .dev,
        "dev-matched": .dev, "validation-matched": .dev, "validation-mismatched": .devMismatched, "testing": .test,
    ]
}
