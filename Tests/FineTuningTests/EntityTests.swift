import Foundation
import Tasks
import Testing
import Tokenization

@testable import FineTuning

/// Testing has a type of this name as well.
private typealias EntityTag = FineTuning.Tag

/// What generate_entities.py wrote.
private struct EntityCase: Decodable {
    /// A type, the first word and the last.
    struct Entity: Decodable {
        let type: String
        let words: Range<Int>

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            type = try list.decode(String.self)
            let first = try list.decode(Int.self)
            words = first..<(try list.decode(Int.self) + 1)
        }
    }

    let gold: [[String]]
    let predicted: [[String]]
    let entities: [[Entity]]
    let precision: Double
    let recall: Double
    let f1: Double
    let accuracy: Double
    let types: [String: [Double]]
}

@Suite struct EntityTests {
    private func tags(_ texts: [String]) throws -> [EntityTag] {
        try texts.map { try #require(EntityTag($0)) }
    }

    @Test func entitiesAndScoresAreSeqevals() throws {
        let cases: [EntityCase] = try Golden.read("entities.json")
        #expect(cases.count >= 24)
        for expected in cases {
            var scores = EntityScores()
            for (index, gold) in expected.gold.enumerated() {
                let gold = try tags(gold)
                let chunks = Chunk.chunks(of: gold)
                #expect(chunks.map(\.words) == expected.entities[index].map(\.words))
                #expect(chunks.map { $0.type.isEmpty ? "_" : $0.type } == expected.entities[index].map(\.type))
                scores.add(gold: gold, predicted: try tags(expected.predicted[index]))
            }
            #expect(abs(scores.precision - expected.precision) < 1e-12)
            #expect(abs(scores.recall - expected.recall) < 1e-12)
            #expect(abs(scores.f1 - expected.f1) < 1e-12)
            #expect(scores.table.map(\.label) == expected.types.keys.sorted())
            for score in scores.table {
                let expected = try #require(expected.types[score.label])
                let found = [score.precision, score.recall, score.f1, Double(score.support)]
                #expect(
                    zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 }, "\(score.label): \(found), \(expected)")
            }
        }
    }

    @Test(arguments: [TaggingScheme.iob1, .iob2, .bioes])
    func everySchemeKeepsTheEntities(_ scheme: TaggingScheme) throws {
        let cases: [EntityCase] = try Golden.read("entities.json")
        for gold in cases.flatMap(\.gold) {
            let tags = try tags(gold)
            let chunks = Chunk.chunks(of: tags)
            let rewritten = Chunk.tags(of: chunks, count: tags.count, scheme: scheme)
            #expect(Chunk.chunks(of: rewritten) == chunks, "\(gold) as \(rewritten.map(\.text))")
        }
    }

    @Test func schemesAreWrittenByTheirRules() throws {
        let chunks = [Chunk(type: "x", words: 0..<2), Chunk(type: "x", words: 2..<3), Chunk(type: "y", words: 3..<6)]
        func texts(_ scheme: TaggingScheme) -> String {
            Chunk.tags(of: chunks, count: 7, scheme: scheme).map(\.text).joined(separator: " ")
        }
        #expect(texts(.iob1) == "I-x I-x B-x I-y I-y I-y O")
        #expect(texts(.iob2) == "B-x I-x B-x B-y I-y I-y O")
        #expect(texts(.bioes) == "B-x E-x S-x B-y I-y E-y O")
    }

    @Test(arguments: ["", "X-per", "b-per", "B-", "O-per", "per", "BI"])
    func whatIsNoTagIsRefused(_ text: String) {
        #expect(EntityTag(text) == nil)
    }

    @Test func entitiesOfATextAreWhereItsWordsAre() throws {
        let tokenizer = try Golden.tokenizer(pieces: smallPieces)
        let text = "Ana  lives in Páris-playing."
        var encoding = Tokenization.Encoding(keepsPlaces: true)
        tokenizer.encode(text, into: &encoding)
        let labels = ["O", "B-per", "I-per", "B-loc", "I-loc"]
        // [CLS] ana lives in paris - play ##ing . [SEP]
        let winners = [3, 1, 0, 0, 3, 4, 4, 0, 0, 3]
        #expect(encoding.ids.count == winners.count)
        let logits = winners.flatMap { winner in labels.indices.map { $0 == winner ? Float(3) : 0 } }
        let entities = EntityDecoder(labels: labels).entities(in: text, encoding: encoding, logits: logits)
        #expect(entities.map(\.label) == ["per", "loc"])
        #expect(entities.map(\.text) == ["Ana", "Páris-playing"])
        #expect(entities.map(\.place.scalars) == [0..<3, 14..<27])
        #expect(entities.map(\.place.bytes) == [0..<3, 14..<28])
        let probability = exp(3) / (exp(3) + 4.0)
        #expect(entities.allSatisfy { abs(Double($0.score) - probability) < 1e-6 })
    }

    @Test func labelsThatAreNoTagsNameTheirNeighboursTogether() throws {
        let tokenizer = try Golden.tokenizer(pieces: smallPieces)
        var encoding = Tokenization.Encoding(keepsPlaces: true)
        tokenizer.encode("a b c", into: &encoding)
        let logits: [Float] = [1, 0, 0, 1, 0, 1, 1, 0, 1, 0]
        let entities = EntityDecoder(labels: ["NN", "VB"]).entities(in: "a b c", encoding: encoding, logits: logits)
        #expect(entities.map(\.text) == ["a b", "c"])
        #expect(entities.map(\.label) == ["VB", "NN"])
    }

    @Test func probabilitiesSumToOneWhateverTheLogits() {
        #expect(Probabilities.softmax([Float]()) == [])
        #expect(Probabilities.softmax([1000, 1000] as [Float]) == [0.5, 0.5])
        #expect(Probabilities.softmax([-1000, 0] as [Float]) == [0, 1])
        #expect(Probabilities.best([1, 3, 3] as [Float]) == 1)
    }
}
