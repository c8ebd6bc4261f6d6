import Tasks
import Testing

@Suite struct EmbeddingOptionsTests {
    @Test func absentFieldsTakeTheDocumentedDefaults() throws {
        let options = try EmbeddingOptions()
        #expect(options.pooling == nil)
        #expect(options.layer == -1)
        #expect(options.normalize == nil)
        #expect(options.resultType == .float32)
        #expect(options.maxTokens == nil)
        #expect(options.prompt == nil)
        #expect(!options.strict)
    }

    @Test(arguments: Pooling.allCases) func everyPoolingIsFoundByItsName(pooling: Pooling) throws {
        #expect(try EmbeddingOptions(pooling: pooling.rawValue).pooling == pooling)
    }

    @Test func theNamesOfTheContractAreAllThereIs() {
        #expect(Pooling.allCases.map(\.rawValue) == ["mean", "cls", "max", "mean-max", "sqrt-length", "tokens"])
        #expect(ResultType.allCases.map(\.rawValue) == ["float32", "float16"])
        #expect(ResultType.allCases.map(\.byteCount) == [4, 2])
    }

    @Test func aMisspelledPoolingNamesTheNearest() {
        let error = #expect(throws: OptionError.self) { try EmbeddingOptions(pooling: "mean_max") }
        #expect(error?.field == "pooling")
        #expect(
            error?.description == "pooling: expected one of 'mean', 'cls', 'max', 'mean-max', 'sqrt-length', 'tokens', "
                + "found 'mean_max'; did you mean 'mean-max'?")
    }

    @Test func anUnknownTypeNamesTheField() {
        let error = #expect(throws: OptionError.self) { try EmbeddingOptions(dtype: "int8") }
        #expect(error?.description == "dtype: expected one of 'float32', 'float16', found 'int8'")
    }

    @Test(arguments: [Int.min, 0, 1]) func roomForTheSpecialTokensIsRequired(maxTokens: Int) {
        let error = #expect(throws: OptionError.self) { try EmbeddingOptions(maxTokens: maxTokens) }
        #expect(error?.description == "max_tokens: expected at least 2, found \(maxTokens)")
    }

    @Test func theLargestNumbersAreTaken() throws {
        let options = try EmbeddingOptions(layer: .min, maxTokens: .max)
        #expect(options.layer == .min)
        #expect(options.maxTokens == .max)
    }
}
