import Foundation
import Testing

@testable import ModelFiles

struct ModelConfigurationTests {
    func read(_ text: String) throws -> ModelConfiguration {
        try ModelConfiguration(JSONObject(parsing: Data(text.utf8), file: "config.json"))
    }

    @Test(
        arguments: [
            ("gelu", .gelu), ("gelu_new", .geluTanh), ("gelu_pytorch_tanh", .geluTanh), ("relu", .relu),
        ] as [(String, ModelConfiguration.Activation)])
    func activationGoesByItsName(name: String, activation: ModelConfiguration.Activation) throws {
        let text = ModelFolderFixture.config.replacing("\"gelu\"", with: "\"\(name)\"")
        #expect(try read(text).activation == activation)
    }

    @Test(arguments: [
        (#""bert""#, #""roberta""#, "field 'model_type' of 'config.json' is \"roberta\", expected \"bert\""),
        (#""gelu""#, #""silu""#, "field 'hidden_act' of 'config.json' is \"silu\", expected one of gelu, gelu_new"),
        (#""absolute""#, #""relative_key""#, "field 'position_embedding_type' of 'config.json' is \"relative_key\""),
        (
            #""hidden_size": 8"#, #""hidden_size": "8""#,
            "field 'hidden_size' of 'config.json' is \"8\", expected an integer"
        ),
        (#""hidden_size": 8"#, #""hidden_size": 9"#, "'num_attention_heads' of 'config.json' is 2, expected a divisor"),
        (#""hidden_size": 8"#, #""hidden_size": 0"#, "field 'hidden_size' of 'config.json' is 0"),
        (
            #""hidden_size": 8"#, #""hidden_size": 99999999999999999999"#,
            "field 'hidden_size' of 'config.json' is 1e+20"
        ),
        (#""vocab_size": 20"#, #""vocab_size": true"#, "field 'vocab_size' of 'config.json' is true"),
        (#""vocab_size": 20"#, #""x": 20"#, "'config.json' has no field 'vocab_size', expected an integer"),
        (#""vocab_size": 20"#, #""vocab_size": null"#, "field 'vocab_size' of 'config.json' is null"),
        (#""model_type": "bert","#, "", "'config.json' has no field 'model_type', expected \"bert\""),
        ("1e-12", "0", "field 'layer_norm_eps' of 'config.json' is 0"),
        ("1e-12", "1e-400", "field 'layer_norm_eps' of 'config.json'"),
        (#""hidden_size": 8"#, #""hidden_size": 8, "is_decoder": true"#, "field 'is_decoder' of 'config.json' is true"),
    ])
    func whatIsNotUnderstoodIsNamed(text: String, replacement: String, sentence: String) throws {
        let error = #expect(throws: ModelFileError.self) {
            try read(ModelFolderFixture.config.replacing(text, with: replacement))
        }
        #expect(error?.description.contains(sentence) == true, "\(String(describing: error))")
    }
}
