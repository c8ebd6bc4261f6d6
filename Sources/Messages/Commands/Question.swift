import CMessages

/// A question and the text that may hold its answer.
public struct Question: Hashable, Sendable {
    public var question: Text
    public var context: Text

    public init(question: Text, context: Text) {
        self.question = question
        self.context = context
    }
}

extension Question: WireMessage {
    init(_ wire: Bertd__Question) throws(MessageError) {
        try Read.onlyKnownFields(wire.base, "questions")
        question = Text(bytes: Read.bytes(wire.question))
        context = Text(bytes: Read.bytes(wire.context))
    }

    func write(to wire: inout Bertd__Question, _ arena: Arena) {
        arena.put(question.bytes, &wire.has_question, &wire.question)
        arena.put(context.bytes, &wire.has_context, &wire.context)
    }
}
