import Foundation
import TestSupport
import Testing

@testable import ModelFiles

struct ModelFolderTests {
    @Test func readsEverythingThatMakesUpTheModel() throws {
        let fixture = try ModelFolderFixture.make()
        defer { withExtendedLifetime(fixture) {} }
        let folder = try ModelFolder(opening: fixture.url)
        #expect(folder.configuration.hiddenSize == 8 && folder.configuration.layerCount == 2)
        #expect(folder.configuration.headCount == 2 && folder.configuration.intermediateSize == 16)
        #expect(folder.configuration.maximumPositions == 32 && folder.configuration.tokenTypeCount == 2)
        #expect(folder.configuration.vocabularySize == 20 && folder.configuration.layerNormEpsilon == 1e-12)
        #expect(folder.configuration.activation == .gelu)
        #expect(folder.pipeline.maximumTokens == 24 && folder.pipeline.width == 3)
        #expect(folder.tokenizerFolder.path == fixture.url.path)
        #expect(
            folder.files == [
                "1_Pooling/config.json", "2_Dense/config.json", "2_Dense/model.safetensors", "config.json",
                "model.safetensors", "modules.json", "sentence_bert_config.json", "tokenizer_config.json", "vocab.txt",
            ])
        #expect(folder.weights.contains("embeddings.LayerNorm.weight") && !folder.weights.contains("pooler"))
    }

    @Test func encoderMayLieInAFolderOfItsOwn() throws {
        let fixture = try ModelFolderFixture.make([
            "modules.json": #"[{"path": "0_BERT", "type": "sentence_transformers.models.Transformer"},"#
                + #"{"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]"#,
            "0_BERT/config.json": ModelFolderFixture.config, "0_BERT/vocab.txt": "[PAD]",
        ])
        defer { withExtendedLifetime(fixture) {} }
        try fixture.write(SafeTensorsFile.bytes([("x", [1])]), to: "0_BERT/model.safetensors")
        let folder = try ModelFolder(opening: fixture.url)
        #expect(folder.weights.contains("x") && folder.tokenizerFolder.lastPathComponent == "0_BERT")
        #expect(
            folder.files == [
                "0_BERT/config.json", "0_BERT/model.safetensors", "0_BERT/vocab.txt", "1_Pooling/config.json",
                "modules.json",
            ])
    }

    @Test func plainFolderIsPooledByTheMean() throws {
        let pipeline = try ModelFolderFixture.open(["modules.json": nil]).pipeline
        #expect(pipeline.pooling == .init(modes: [.mean], includesPrompt: true) && pipeline.steps.isEmpty)
        #expect(pipeline.maximumTokens == 32 && pipeline.width == 8 && pipeline.prompts.isEmpty)
    }

    @Test func plainFolderTakesTheTokenizersLimit() throws {
        let folder = try ModelFolderFixture.open([
            "modules.json": nil, "tokenizer_config.json": #"{"model_max_length": 16}"#,
        ])
        #expect(folder.pipeline.maximumTokens == 16)
    }

    @Test(
        arguments: [
            ("config.json", nil, "has no config.json, expected this file"),
            ("config.json", "{", "'config.json' is not valid JSON"),
            ("config.json", "", "'config.json' is not valid JSON"),
            ("vocab.txt", nil, "has no vocab.txt, nor tokenizer.json, expected one of them"),
            ("model.safetensors", nil, "has no model.safetensors, nor model.safetensors.index.json"),
            ("2_Dense/model.safetensors", nil, "2_Dense' has no model.safetensors"),
            ("1_Pooling/config.json", nil, "1_Pooling' has no config.json"),
            ("model.safetensors", "short", "'model.safetensors' is cut in its header: it has 5 bytes"),
            ("2_Dense/model.safetensors", "short", "'2_Dense/model.safetensors' is cut in its header"),
        ] as [(String, String?, String)])
    func whatIsMissingIsNamed(path: String, text: String?, sentence: String) throws {
        let error = #expect(throws: ModelFileError.self) { try ModelFolderFixture.open([path: text]) }
        #expect(error?.description.contains(sentence) == true, "\(String(describing: error))")
    }

    @Test func pickledWeightsAreRefusedWithTheWayOut() throws {
        let error = #expect(throws: ModelFileError.pickledWeights(file: "pytorch_model.bin")) {
            try ModelFolderFixture.open(["model.safetensors": nil, "pytorch_model.bin": "pickle"])
        }
        #expect(
            error?.description
                == "'pytorch_model.bin' is a Python pickle, expected safetensors: load the model in Python and save it "
                + "again with save_pretrained, which writes model.safetensors")
    }

    @Test func whatIsNotAFolderIsRefused() throws {
        let fixture = try ModelFolderFixture.make()
        defer { withExtendedLifetime(fixture) {} }
        for path in ["vocab.txt", "nowhere"] {
            let url = fixture.url.appending(path: path)
            #expect(throws: ModelFileError.notAFolder(path: url.path)) { try ModelFolder(opening: url) }
        }
    }

    @Test(.enabled(if: TestModel.isPresent, "\(TestModel.absent)")) func realFolderIsReadWhole() throws {
        let folder = try ModelFolder(opening: TestModel.url)
        #expect(folder.configuration.hiddenSize == 384 && folder.configuration.layerCount == 6)
        #expect(folder.pipeline.maximumTokens == 256 && folder.pipeline.width == 384)
        #expect(folder.pipeline.pooling == .init(modes: [.mean], includesPrompt: true))
        #expect(folder.pipeline.steps.count == 1)
        let table = try folder.weights.tensor("embeddings.word_embeddings.weight", shape: [30522, 384])
        #expect(table.dtype == .float32 && table.range.count == 30522 * 384 * 4)
    }
}
