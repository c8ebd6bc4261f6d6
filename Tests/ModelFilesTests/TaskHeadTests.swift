import Foundation
import Testing

@testable import ModelFiles

@Suite struct TaskHeadTests {
    private static let heads = [
        TaskHead(kind: .sequence, labels: ["bad", "good"]), TaskHead(kind: .sequence, labels: []),
        TaskHead(kind: .tokens, labels: ["O", "B-PER"]), TaskHead(kind: .span, labels: []),
        TaskHead(kind: .joint, labels: ["play"], slotLabels: ["O", "B-song"]),
    ]

    @Test(arguments: heads) func aHeadReadsBackFromTheConfigurationItIsWrittenTo(_ head: TaskHead) throws {
        let config = #"{"architectures": ["BertForMaskedLM"], "id2label": {"0": "x"}, "torch_dtype": "float16"}"#
        let members = try JSONObject(parsing: Data(config.utf8), file: "config.json").members
        let written = JSONValue.object(members.filter { $0.key == "torch_dtype" }.merging(head.members) { $1 })
        #expect(try TaskHead(JSONObject(parsing: written.file, file: "config.json")) == head)
    }

    @Test func anEncoderAloneHasNoHead() throws {
        for config in ["{}", #"{"architectures": ["BertModel"]}"#, #"{"architectures": []}"#] {
            #expect(try TaskHead(JSONObject(parsing: Data(config.utf8), file: "config.json")) == nil)
        }
    }

    @Test func labelsThatAreMissingAreNamed() throws {
        let config = #"{"architectures": ["BertForTokenClassification"], "id2label": {"0": "O", "2": "B-PER"}}"#
        let error = #expect(throws: ModelFileError.self) {
            try TaskHead(JSONObject(parsing: Data(config.utf8), file: "config.json"))
        }
        #expect(error.map { "\($0)" } == "'config.json' has no field 'id2label.1', expected a string")
    }
}
