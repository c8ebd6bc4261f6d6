import ArgumentParser
import Tasks

/// What can be asked of an embedding; what is not said is as the model has it.
struct EmbeddingArguments: ParsableArguments {
    @Option(help: "How token vectors become one.")
    var pooling: Pooling?
    @Option(help: "The layer whose output is taken: 0 the embeddings, 1 the first, -1 the last.")
    var layer = -1
    @Flag(inversion: .prefixedNo, help: "Scale vectors to unit length, or leave them as they are.")
    var normalize: Bool?
    @Option(help: "The type of the numbers.")
    var dtype: ResultType = .float32
    @Option(help: ArgumentHelp("Cut texts after so many tokens, the special ones included.", valueName: "count"))
    var maxTokens: Int?
    @Option(help: ArgumentHelp("One of the model's prompts, put before every text.", valueName: "name"))
    var prompt: String?
    @Flag(help: "Fail when one text is bad; without it a bad text fails alone.")
    var strict = false

    var options: EmbeddingOptions {
        get throws(OptionError) {
            try EmbeddingOptions(
                pooling: pooling?.rawValue, layer: layer, normalize: normalize, dtype: dtype.rawValue,
                maxTokens: maxTokens, prompt: prompt, strict: strict)
        }
    }
}
