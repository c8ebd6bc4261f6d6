import Foundation
import Testing

@testable import ModelFiles

struct ModelWeightsTests {
    /// The weights of a folder that has these files beside the rest of the fixture.
    func weights(_ files: [String: [UInt8]]) throws -> ModelWeights {
        let fixture = try ModelFolderFixture.make(["modules.json": nil, "model.safetensors": nil])
        defer { withExtendedLifetime(fixture) {} }
        for (path, bytes) in files { try fixture.write(bytes, to: path) }
        return try ModelFolder(opening: fixture.url).weights
    }

    @Test(arguments: [
        "embeddings.LayerNorm.weight", "bert.embeddings.LayerNorm.weight", "embeddings.LayerNorm.gamma",
        "bert.embeddings.LayerNorm.gamma",
    ])
    func parameterIsFoundUnderEachOfItsNames(name: String) throws {
        let weights = try weights(["model.safetensors": SafeTensorsFile.bytes([(name, [8])])])
        #expect(try weights.tensor("embeddings.LayerNorm.weight", shape: [8]).name == name)
    }

    @Test func wrongShapeTypeAndNameAreTold() throws {
        let header =
            #"{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"I32","shape":[1],"data_offsets":[4,8]}}"#
        let weights = try weights(["model.safetensors": SafeTensorsFile.bytes(header: header.utf8, dataCount: 8)])
        #expect(try weights.tensor("a", shape: [2]).dtype == .float16)
        #expect(
            throws: ModelFileError.tensorShape(file: "model.safetensors", tensor: "a", expected: [3, 1], found: [2])
        ) { try weights.tensor("a", shape: [3, 1]) }
        #expect(
            throws: ModelFileError.tensorDType(
                file: "model.safetensors", tensor: "b", expected: [.float32, .float16, .bfloat16], found: .int32)
        ) { try weights.tensor("b", shape: [1]) }
        let error = #expect(throws: ModelFileError.self) { try weights.tensor("pooler.dense.bias", shape: [1]) }
        #expect(
            error?.description == "'model.safetensors' has no tensor 'pooler.dense.bias', expected by the model")
    }

    static let index = """
        {"metadata": {"total_size": 12},
         "weight_map": {"a": "model-1-of-2.safetensors", "b": "model-2-of-2.safetensors", "c": "model-1-of-2.safetensors"}}
        """
    static let shards = [
        "model.safetensors.index.json": Array(index.utf8),
        "model-1-of-2.safetensors": SafeTensorsFile.bytes([("a", [1]), ("c", [1])]),
        "model-2-of-2.safetensors": SafeTensorsFile.bytes([("b", [1])]),
    ]

    @Test func shardsAreOneModel() throws {
        let fixture = try ModelFolderFixture.make(["modules.json": nil, "model.safetensors": nil])
        defer { withExtendedLifetime(fixture) {} }
        for (path, bytes) in Self.shards { try fixture.write(bytes, to: path) }
        let folder = try ModelFolder(opening: fixture.url)
        #expect(["a", "b", "c"].allSatisfy(folder.weights.contains))
        #expect(folder.files.filter { $0.hasPrefix("model") } == Self.shards.keys.sorted())
    }

    @Test func shardThatIsMissingOrCutOrElsewhereIsNamed() throws {
        for (path, bytes, expected) in [
            ("model-2-of-2.safetensors", nil, "has no model-2-of-2.safetensors, expected this file"),
            ("model-2-of-2.safetensors", [0, 1], "'model-2-of-2.safetensors' is cut in its header"),
            (
                "model-2-of-2.safetensors", SafeTensorsFile.bytes([("x", [1])]),
                "'model-2-of-2.safetensors' has no tensor 'b'"
            ),
            (
                "model.safetensors.index.json", Array(#"{"weight_map": {"a": "../secret"}}"#.utf8),
                "field 'weight_map.a' of 'model.safetensors.index.json' is \"../secret\""
            ),
        ] as [(String, [UInt8]?, String)] {
            var files = Self.shards
            files[path] = bytes
            let error = #expect(throws: ModelFileError.self) { try weights(files) }
            #expect(error?.description.contains(expected) == true, "\(String(describing: error))")
        }
    }
}
