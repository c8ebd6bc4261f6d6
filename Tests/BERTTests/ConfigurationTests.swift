import BERT
import Testing

@Suite struct ConfigurationTests {
    @Test func layersCountFromBothEnds() {
        let configuration = TinyModel.configuration
        #expect((-4...3).map(configuration.hiddenStateIndex) == [nil, 0, 1, 2, 0, 1, 2, nil])
    }

    @Test func impossibleSizesAreRefused() throws {
        try TinyModel.configuration.validate()
        let changes: [(BERTError, (inout BERTConfiguration) -> Void)] = [
            (.notPositive(field: "hidden_size", found: 0), { $0.hiddenSize = 0 }),
            (.notPositive(field: "num_attention_heads", found: -1), { $0.headCount = -1 }),
            (.headsDoNotDivide(hiddenSize: 8, headCount: 3), { $0.headCount = 3 }),
            (.tooManyTypes(found: 300, most: 256), { $0.typeVocabularySize = 300 }),
            (.badEpsilon(found: 0), { $0.layerNormEpsilon = 0 }),
        ]
        for (error, change) in changes {
            var configuration = TinyModel.configuration
            change(&configuration)
            #expect(throws: error) { try configuration.validate() }
        }
    }

    @Test func batchKeepsItsSequencesApart() {
        var batch = TinyModel.batch
        #expect(batch.starts == [0, 5, 8] && batch.count == 2 && batch.tokenCount == 8 && batch.longest == 5)
        #expect(batch.positions == [0, 1, 2, 3, 4, 0, 1, 2] && batch.types == [0, 0, 0, 1, 1, 0, 0, 0])
        #expect(batch.rows(of: 1) == 5..<8)
        batch.removeAll()
        #expect(batch == PackedBatch())
    }
}
