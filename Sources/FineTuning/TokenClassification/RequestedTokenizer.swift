import Tasks
import Tokenization

extension TrainingRequest {
    /// The tokenizer of the base model.
    func tokenizer() throws(FineTuningError) -> Tokenizer {
        do {
            return try Tokenizer(folder: tokenizerFolder)
        } catch {
            throw .model(reason: error.description)
        }
    }

    /// Tokens of an input: as the options say, and no more than the model takes.
    var maximumLength: Int { min(options.maxLength, maximumPositions) }
}

extension WordEncoder {
    init(_ request: TrainingRequest) throws(FineTuningError) {
        let least = Self.layoutTokens + 1
        guard request.maximumLength >= least else {
            throw .option(name: "max_length", expected: "at least \(least)", found: "\(request.maximumLength)")
        }
        self.init(tokenizer: try request.tokenizer(), maximumLength: request.maximumLength)
    }
}
