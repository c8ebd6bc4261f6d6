import Tokenization

/// Takes contexts and questions out of the JSON of a ``QuestionFile``; what is wrong is named by its path and question.
struct QuestionFileReader {
    let path: String
    private(set) var contexts: [String] = []
    private(set) var questions: [Question] = []

    private var ids: Set<[UInt8]> = []
    private var context = ScalarIndex("")

    init(path: String) {
        self.path = path
    }

    mutating func read(_ json: JSONValue) throws(FineTuningError) {
        for (index, article) in try list("data", of: json, at: "").enumerated() {
            let place = "data[\(index)]"
            for (index, paragraph) in try list("paragraphs", of: article, at: place).enumerated() {
                try read(paragraph: paragraph, at: "\(place).paragraphs[\(index)]")
            }
        }
        guard !questions.isEmpty else { throw wrong("data", expected: "at least one question", found: "none") }
    }

    private mutating func read(paragraph: JSONValue, at place: String) throws(FineTuningError) {
        let text = try string("context", of: paragraph, at: place)
        context = ScalarIndex(text)
        contexts.append(text)
        for (index, question) in try list("qas", of: paragraph, at: place).enumerated() {
            try read(question: question, at: "\(place).qas[\(index)]")
        }
    }

    private mutating func read(question: JSONValue, at place: String) throws(FineTuningError) {
        let id = try string("id", of: question, at: place)
        let place = "\(place) (question '\(id)')"
        guard ids.insert(Array(id.utf8)).inserted else {
            throw wrong("\(place).id", expected: "an id that no other question has", found: "'\(id)' again")
        }
        let text = try string("question", of: question, at: place)
        var answers: [Question.GoldAnswer]?
        if question["is_impossible"]?.bool == true {
            answers = []
        } else if question["answers"] != nil {
            answers = []
            for (index, answer) in try list("answers", of: question, at: place).enumerated() {
                answers?.append(try self.answer(answer, at: "\(place).answers[\(index)]"))
            }
        }
        questions.append(Question(id: id, text: text, context: contexts.count - 1, answers: answers))
    }

    private func answer(_ answer: JSONValue, at place: String) throws(FineTuningError) -> Question.GoldAnswer {
        let text = try string("text", of: answer, at: place)
        let field = "\(place).answer_start"
        guard case .number(let number)? = answer["answer_start"], let start = Int(exactly: number), start >= 0 else {
            throw wrong(
                field, expected: "a character's number from 0", found: answer["answer_start"]?.summary ?? "nothing")
        }
        guard !text.isEmpty else { throw wrong("\(place).text", expected: "an answer", found: "an empty text") }
        let bytes = Array(text.utf8)
        guard let begin = context.byteOffset(ofScalar: start), context.bytes[begin...].starts(with: bytes) else {
            let length = context.scalarCount
            let there = context.text(fromScalar: start, count: text.unicodeScalars.count)
            let found = there.map { "'\($0)'" } ?? "the context's end at character \(length)"
            throw wrong(field, expected: "the answer '\(text)' at character \(start) of the context", found: found)
        }
        return Question.GoldAnswer(text: text, bytes: begin..<begin + bytes.count)
    }

    private func list(_ name: String, of json: JSONValue, at place: String) throws(FineTuningError) -> [JSONValue] {
        guard let elements = json[name]?.elements else {
            throw wrong(Self.join(place, name), expected: "a list", found: json[name]?.summary ?? "nothing")
        }
        return elements
    }

    private func string(_ name: String, of json: JSONValue, at place: String) throws(FineTuningError) -> String {
        guard let string = json[name]?.string else {
            throw wrong(Self.join(place, name), expected: "a string", found: json[name]?.summary ?? "nothing")
        }
        return string
    }

    private static func join(_ place: String, _ name: String) -> String {
        place.isEmpty ? name : "\(place).\(name)"
    }

    private func wrong(_ field: String, expected: String, found: String) -> FineTuningError {
        .invalidData(file: path, line: nil, field: field, expected: expected, found: found)
    }
}
