import Foundation
import Testing

@testable import ModelFiles

struct SentencePipelineTests {
    func pipeline(_ replaced: [String: String?] = [:]) throws -> SentencePipeline {
        try ModelFolderFixture.open(replaced).pipeline
    }

    func pooling(_ text: String) throws -> SentencePipeline.Pooling {
        try SentencePipeline.pooling(JSONObject(parsing: Data(text.utf8), file: "config.json"), hiddenSize: 8)
    }

    @Test func stepsComeInTheirOrder() throws {
        let steps = try pipeline().steps
        guard steps.count == 2, case .dense(let layer) = steps[0], case .normalize = steps[1] else {
            Issue.record("expected a dense layer and a normalization, found \(steps)")
            return
        }
        #expect(layer.weight.shape == [3, 8] && layer.bias?.shape == [3] && layer.activation == .tanh)
    }

    @Test func denseLayerMayBeWithoutBias() throws {
        let text = ModelFolderFixture.dense.replacing("true", with: "false").replacing(
            "activation.Tanh", with: "linear.Identity")
        guard case .dense(let layer) = try pipeline(["2_Dense/config.json": text]).steps[0] else {
            Issue.record("expected a dense layer")
            return
        }
        #expect(layer.bias == nil && layer.activation == .identity)
    }

    @Test(
        arguments: [
            (#"{"word_embedding_dimension": 8}"#, [.mean]),
            (#"{"word_embedding_dimension": 8, "pooling_mode_cls_token": true}"#, [.cls]),
            (
                #"{"word_embedding_dimension": 8, "pooling_mode_mean_sqrt_len_tokens": true, "pooling_mode_mean_tokens": true, "#
                    + #""pooling_mode_max_tokens": true, "pooling_mode_cls_token": true}"#,
                [.cls, .max, .mean, .meanSqrtLength]
            ),
            (#"{"embedding_dimension": 8, "pooling_mode": "max", "include_prompt": true}"#, [.max]),
            (
                #"{"embedding_dimension": 8, "pooling_mode": ["mean_sqrt_len_tokens", "cls"]}"#,
                [.meanSqrtLength, .cls]
            ),
        ] as [(String, [SentencePipeline.Pooling.Mode])])
    func poolingIsReadInBothForms(text: String, modes: [SentencePipeline.Pooling.Mode]) throws {
        #expect(try pooling(text) == .init(modes: modes, includesPrompt: true))
    }

    @Test func promptMayBeLeftOutOfPooling() throws {
        #expect(try !pooling(#"{"word_embedding_dimension": 8, "include_prompt": false}"#).includesPrompt)
    }

    @Test func limitIsTheSmallestOfTheThree() throws {
        #expect(try pipeline().maximumTokens == 24)
        #expect(try pipeline(["sentence_bert_config.json": #"{"max_seq_length": 512}"#]).maximumTokens == 32)
        #expect(try pipeline(["sentence_bert_config.json": #"{"max_seq_length": null}"#]).maximumTokens == 32)
        #expect(
            try pipeline([
                "sentence_bert_config.json": nil, "tokenizer_config.json": #"{"model_max_length": 16}"#,
            ]).maximumTokens == 16)
    }

    @Test func lowerCasingIsTold() throws {
        #expect(try !pipeline().lowercasesText)
        #expect(try pipeline(["sentence_bert_config.json": #"{"do_lower_case": true}"#]).lowercasesText)
    }

    @Test func promptsAreReadByName() throws {
        let pipeline = try pipeline([
            "config_sentence_transformers.json":
                #"{"prompts": {"query": "query: ", "document": null}, "default_prompt_name": "query"}"#
        ])
        #expect(pipeline.prompts == ["query": "query: ", "document": ""] && pipeline.defaultPromptName == "query")
    }

    @Test func formOfTheNewestReleaseIsRead() throws {
        let modules = ModelFolderFixture.modules
            .replacing("models.Transformer", with: "base.modules.transformer.Transformer")
            .replacing("models.Pooling", with: "sentence_transformer.modules.pooling.Pooling")
            .replacing("models.Dense", with: "base.modules.dense.Dense")
            .replacing("models.Normalize", with: "base.modules.normalize.Normalize")
        let pipeline = try pipeline([
            "modules.json": modules,
            "sentence_bert_config.json": """
            {"transformer_task": "feature-extraction", "module_output_name": "token_embeddings",
             "modality_config": {"text": {"method": "forward", "method_output_name": "last_hidden_state"}}}
            """,
            "1_Pooling/config.json": #"{"embedding_dimension": 8, "pooling_mode": "mean", "include_prompt": true}"#,
            "3_Normalize/config.json":
                #"{"module_input_name": "sentence_embedding", "module_output_name": "sentence_embedding"}"#,
            "config_sentence_transformers.json": #"{"model_type": "SentenceTransformer", "prompts": {}}"#,
        ])
        #expect(pipeline.steps.count == 2 && pipeline.width == 3)
    }

    @Test(arguments: [
        (
            "modules.json", "models.Dense", "models.LSTM",
            "'modules.json' names the module 'sentence_transformers.models.LSTM'"
        ),
        ("modules.json", "sentence_transformers.models.Dense", "mine.Dense", "names the module 'mine.Dense'"),
        (
            "modules.json", "models.Pooling", "models.Dense",
            "expected Transformer, Pooling, then any of Dense and Normalize"
        ),
        ("modules.json", "2_Dense", "../2_Dense", "field '2.path' of 'modules.json' is \"../2_Dense\""),
        ("modules.json", "2_Dense", "/2_Dense", "field '2.path' of 'modules.json' is \"/2_Dense\""),
        (
            "1_Pooling/config.json", ": true", ": 1",
            "'pooling_mode_mean_tokens' of '1_Pooling/config.json' is 1, expected true"
        ),
        (
            "1_Pooling/config.json", ": 8", ": 9",
            "'word_embedding_dimension' of '1_Pooling/config.json' is 9, expected hidden"
        ),
        (
            "1_Pooling/config.json", "mean_tokens", "lasttoken",
            "'pooling_mode_lasttoken' of '1_Pooling/config.json' is true"
        ),
        ("1_Pooling/config.json", "mean_tokens", "weightedmean_tokens", "'pooling_mode_weightedmean_tokens' of"),
        (
            "1_Pooling/config.json", "mean_tokens", "median",
            "field 'pooling_mode_median' of '1_Pooling/config.json' is true"
        ),
        ("2_Dense/config.json", ": 8", ": 7", "'in_features' of '2_Dense/config.json' is 7, expected 8, the width"),
        (
            "2_Dense/config.json", ": 3", ": 4",
            "'linear.weight' of '2_Dense/model.safetensors' has shape [3, 8], expected [4, 8]"
        ),
        ("2_Dense/config.json", "Tanh", "GELU", "is \"torch.nn.modules.activation.GELU\", expected one of torch.nn"),
        (
            "2_Dense/config.json", "\"bias\"", "\"use_residual\"",
            "field 'use_residual' of '2_Dense/config.json' is true"
        ),
        (
            "sentence_bert_config.json", "24", "\"24\"",
            "field 'max_seq_length' of 'sentence_bert_config.json' is \"24\""
        ),
        (
            "sentence_bert_config.json", "do_lower_case", "query_length",
            "field 'query_length' of 'sentence_bert_config.json'"
        ),
    ])
    func whatIsNotKnownIsRefusedByName(file: String, text: String, replacement: String, sentence: String) throws {
        let texts = [
            "modules.json": ModelFolderFixture.modules, "1_Pooling/config.json": ModelFolderFixture.pooling,
            "2_Dense/config.json": ModelFolderFixture.dense,
            "sentence_bert_config.json": #"{"max_seq_length": 24, "do_lower_case": false}"#,
        ]
        let changed = try #require(texts[file]).replacing(text, with: replacement)
        let error = #expect(throws: ModelFileError.self) { try pipeline([file: changed]) }
        #expect(error?.description.contains(sentence) == true, "\(String(describing: error))")
    }

    @Test(arguments: [
        (#"{"model_type": "CrossEncoder"}"#, "is \"CrossEncoder\", expected \"SentenceTransformer\""),
        (#"{"prompts": {"a": "b"}, "default_prompt_name": "c"}"#, "field 'default_prompt_name' of"),
        (#"{"prompts": {"a": 1}}"#, "field 'prompts.a' of 'config_sentence_transformers.json' is 1, expected a string"),
    ])
    func promptsThatCannotBeMeantAreRefused(text: String, sentence: String) throws {
        let error = #expect(throws: ModelFileError.self) {
            try pipeline(["config_sentence_transformers.json": text])
        }
        #expect(error?.description.contains(sentence) == true, "\(String(describing: error))")
    }
}
