/// What a model learns to give for its input: the head that it gets and the way it is judged.
package enum TaskKind: String, CaseIterable, Sendable, Hashable {
    /// One label for a text or a pair of texts.
    case classification
    /// A number for a text or a pair of texts.
    case regression
    /// The part of a context that answers a question, or that there is none.
    case questionAnswering = "question-answering"
    /// A tag for each word.
    case tokenClassification = "token-classification"
    /// One label for a sentence and a tag for each of its words.
    case intentSlots = "intent-slots"
}
