import BERT
import Foundation
import Tasks
import TestSupport
import Testing
import Tokenization

@testable import FineTuning

@Suite struct QuestionAnsweringTests {
    private let golden: QuestionGolden
    private let file: QuestionFile

    init() throws {
        golden = try QuestionGolden.read()
        file = try QuestionGolden.file()
    }

    @Test func windowsAndTargetsAreTheReferences() throws {
        for settings in golden.settings {
            let set = QuestionSet(file, encoder: try settings.encoder(pieces: golden.pieces), keepsPlaces: true)
            #expect(set.examples.count == settings.cases.reduce(0) { $0 + $1.windows.count })
            for (index, expected) in settings.cases.enumerated() {
                let title = Comment("\(expected.id) in windows of \(settings.maximumLength)")
                #expect(set.questions[index].id == expected.id, title)
                let examples = set.examples[set.windows[index]]
                #expect(examples.map(\.ids) == expected.windows.map(\.ids), title)
                #expect(examples.map(\.types) == expected.windows.map(\.types), title)
                #expect(
                    examples.map(\.target) == expected.windows.map { .span(start: $0.start, end: $0.end) }, title)
                let encoded = set.encoded[index]
                for (window, expected) in expected.windows.enumerated() {
                    let rows = encoded.windows[window].filter { encoded.owners[$0] == window }
                        .map { $0 + encoded.rowOffset(inWindow: window) }
                    #expect(rows == expected.best, title)
                }
            }
        }
    }

    @Test func bestAnswersAreThoseOfACompleteSearch() throws {
        for settings in golden.settings {
            let set = QuestionSet(file, encoder: try settings.encoder(pieces: golden.pieces), keepsPlaces: true)
            let decoder = AnswerDecoder(
                nBest: settings.best, maximumAnswerTokens: settings.longest, allowsNoAnswer: false)
            for (encoded, expected) in zip(set.encoded, settings.cases) {
                let logits = Self.noise(for: encoded)
                let answers = decoder.answers(to: encoded, logits: logits)
                let title = Comment("\(expected.id) in windows of \(settings.maximumLength)")
                #expect(answers.map(\.text) == expected.answers.map(\.text), title)
                #expect(answers.map(\.place.scalars) == expected.answers.map { $0.start..<$0.end }, title)
                for (answer, expected) in zip(answers, expected.answers) {
                    #expect(abs(answer.score - expected.score) < 1e-4, title)
                    let bytes = Array(encoded.context.text.utf8)[answer.place.bytes]
                    #expect(String(decoding: bytes, as: UTF8.self) == answer.text, title)
                }
                #expect(abs(answers.reduce(0) { $0 + $1.probability } - 1) < 1e-5, title)
                #expect(abs(decoder.search(encoded, logits: logits, limit: 1).nullScore - expected.null) < 1e-4, title)
            }
        }
    }

    private static func noise(for question: EncodedQuestion) -> [[Float]] {
        question.windows.indices.map { window in
            let count = 2 * question.tokenCount(ofWindow: window)
            return Array(Golden.noise(count + 2 * window)[(2 * window)...])
        }
    }

    @Test func noAnswerComesFirstOnlyAboveTheThreshold() throws {
        let settings = golden.settings[1]
        let set = QuestionSet(file, encoder: try settings.encoder(pieces: golden.pieces), keepsPlaces: true)
        let question = set.encoded[0]
        let logits = Self.noise(for: question)
        let found = AnswerDecoder(allowsNoAnswer: true).search(question, logits: logits, limit: 1)
        let margin = found.nullScore - found.spans[0].score
        func answers(_ threshold: Float, nBest: Int = 5) -> [Answer] {
            AnswerDecoder(nBest: nBest, allowsNoAnswer: true, nullThreshold: threshold)
                .answers(to: question, logits: logits)
        }
        #expect(answers(margin + 0.1)[0].isNone == false)
        #expect(answers(margin - 0.1)[0].isNone)
        #expect(answers(margin - 0.1)[0].text.isEmpty)
        #expect(answers(margin - 0.1, nBest: 1).count == 1)
        #expect(answers(margin + 0.1, nBest: 1)[0].text == answers(margin + 0.1)[0].text)
        #expect(AnswerDecoder(allowsNoAnswer: false).answers(to: question, logits: logits).allSatisfy { !$0.isNone })
    }

    @Test func emptyContextHasNoAnswer() throws {
        let encoder = QuestionEncoder(
            tokenizer: try Golden.tokenizer(pieces: golden.pieces), maximumLength: 32, maximumQueryTokens: 10)
        let question = encoder.encode(question: "Who?", context: encoder.encode(context: " "))
        #expect(question.windows == [0..<0])
        let logits = [[Float](repeating: 1, count: 2 * question.tokenCount(ofWindow: 0))]
        #expect(AnswerDecoder(allowsNoAnswer: false).answers(to: question, logits: logits).isEmpty)
        #expect(AnswerDecoder(allowsNoAnswer: true).answers(to: question, logits: logits).map(\.text) == [""])
    }

    @Test func notANumberIsNoTrap() throws {
        let set = QuestionSet(
            file, encoder: try golden.settings[0].encoder(pieces: golden.pieces), keepsPlaces: true)
        let logits = set.encoded[0].windows.indices.map {
            [Float](repeating: .nan, count: 2 * set.encoded[0].tokenCount(ofWindow: $0))
        }
        #expect(AnswerDecoder(nBest: 3, allowsNoAnswer: true).answers(to: set.encoded[0], logits: logits).count <= 3)
    }

    @Test func aPerfectModelScoresAHundred() throws {
        let encoder = try golden.settings[0].encoder(pieces: golden.pieces)
        let task = QuestionAnsweringTask(
            files: [("train", file), ("dev", file)], encoder: encoder,
            decoder: AnswerDecoder(allowsNoAnswer: true), metric: .f1)
        #expect(task.training == task.evaluationSets[0].examples)
        #expect(task.survey.sets.map(\.rows) == [12, 12])
        #expect(task.survey.duplicates == 0)
        #expect(task.survey.cutRows == 1)
        let outputs = task.training.map { example in
            var logits = [Float](repeating: 0, count: 2 * example.tokenCount)
            guard case .span(let start, let end) = example.target else { return logits }
            logits[2 * start] += start == 0 ? 2 : 5
            logits[2 * end + 1] += start == 0 ? 2 : 5
            return logits
        }
        let evaluation = task.evaluate(task.evaluationSets[0], outputs: outputs)
        for name in ["exact_match", "f1", "HasAns_exact", "HasAns_f1", "NoAns_exact", "NoAns_f1", "best_f1"] {
            #expect(evaluation[name] == 100, "\(name)")
        }
        let threshold = try #require(evaluation["best_f1_thresh"])
        #expect(threshold >= -10 && threshold < 4)
        #expect(evaluation["loss"] ?? 9 < 1.5)
        let predictions = task.predictions(task.evaluationSets[0], outputs: outputs)
        #expect(predictions.name == "predictions_dev.json")
        let texts = try JSONDecoder().decode([String: String].self, from: Data(predictions.text.utf8))
        #expect(texts["h4"] == "Porto Néve")
        #expect(texts["h5"] == "")
        #expect(texts["l3"] == "North-west")
    }

    @Test func officialScoresAreTheScripts() throws {
        #expect(golden.scores.count > 100)
        for expected in golden.scores {
            let score = AnswerScore(expected.text, gold: expected.gold, isVersion2: expected.version2)
            let title = Comment("\(expected.text.debugDescription) for \(expected.gold), 2.0: \(expected.version2)")
            #expect(score.exact == expected.exact, title)
            #expect(abs(score.f1 - expected.f1) < 1e-12, title)
        }
    }

    @Test func thresholdIsTheBestOfAll() {
        for expected in golden.thresholds {
            let found = NullThreshold(
                expected.margins.indices.map {
                    .init(
                        margin: expected.margins[$0], answerScore: expected.scores[$0],
                        isImpossible: expected.impossible[$0])
                })
            #expect(abs(found.score - expected.best) < 1e-12)
            let lowest = expected.margins.min() ?? 0
            if expected.threshold < lowest {
                #expect(found.threshold < lowest)
            } else {
                #expect(found.threshold == expected.threshold)
            }
        }
    }

    @Test(
        .enabled(if: testsAll && SharedData.has("squad/dev-v1.1.json"), "\(SharedData.absent)"),
        arguments: ["dev-v1.1.json", "dev-v2.0.reconstructed.json"])
    func chosenQuestionsOfSQuADBecomeTheReferencesFeatures(_ name: String) throws {
        let expected = try #require(golden.squad[name])
        let file = try QuestionFile(SharedData.url("squad/\(name)"))
        let chosen = Set(expected.chosen.map(\.id))
        let part = file.selecting { chosen.contains($0.id) }
        let set = QuestionSet(
            part, encoder: QuestionEncoder(tokenizer: try Golden.uncasedTokenizer()), keepsPlaces: true)
        #expect(set.questions.count == expected.chosen.count && set.questions.count >= 30)
        for (index, expected) in expected.chosen.enumerated() {
            let examples = set.examples[set.windows[index]]
            let title = Comment("\(name) \(expected.id)")
            #expect(set.questions[index].id == expected.id)
            let numbers = examples.flatMap { $0.ids.map { UInt64($0) } + $0.types.map { UInt64($0) } }
            #expect(Golden.checksum(numbers) == expected.checksum, title)
            #expect(
                examples.map(\.target) == zip(expected.starts, expected.ends).map { .span(start: $0, end: $1) }, title)
            let encoded = set.encoded[index]
            let best = encoded.windows.indices.map { window in encoded.owners.count { $0 == window } }
            #expect(best == expected.best, title)
        }
    }

    /// The counts of the seed's logs.
    @Test(
        .enabled(if: testsAll && SharedData.has("squad/dev-v1.1.json"), "\(SharedData.absent)"),
        arguments: [
            ("dev-v1.1.json", 10_833), ("dev-v2.0.reconstructed.json", 12_232),
            ("train-v1.1.reconstructed.json.xz", 88_641),
        ])
    func wholeSQuADHasAsManyFeaturesAsTheSeed(_ name: String, _ count: Int) throws {
        let clock = ContinuousClock()
        let bytes = try Self.bytes(of: SharedData.url("squad/\(name)"))
        let begin = clock.now
        let file = try QuestionFile(bytes: bytes, path: name)
        let read = clock.now
        let set = QuestionSet(
            file, encoder: QuestionEncoder(tokenizer: try Golden.uncasedTokenizer()), keepsPlaces: false)
        print("\(name): read in \(read - begin), made features in \(clock.now - read)")
        #expect(set.examples.count == count)
        if let expected = golden.squad[name] { #expect(expected.features == count) }
    }

    @Test(
        .enabled(if: testsAll && SharedData.has("squad/dev-v1.1.json"), "\(SharedData.absent)"),
        arguments: ["dev-v1.1.json", "dev-v2.0.reconstructed.json"])
    func wholeSQuADIsJudgedAsTheScriptsDo(_ name: String) throws {
        let expected = try #require(golden.squad[name])
        let file = try QuestionFile(SharedData.url("squad/\(name)"))
        let isVersion2 = name.contains("2.0")
        var (exact, f1, count) = (0.0, 0.0, 0)
        for question in file.questions {
            guard let answers = question.answers?.map(\.text), answers.count > 1 else { continue }
            let others = answers.enumerated().filter { $0.offset != 1 }.map(\.element)
            let score = AnswerScore(answers[1], gold: others, isVersion2: isVersion2)
            (exact, f1, count) = (exact + score.exact, f1 + score.f1, count + 1)
        }
        #expect(count == expected.secondAnswer.questions)
        #expect(exact == expected.secondAnswer.exact)
        #expect(abs(f1 - expected.secondAnswer.f1) < 1e-6)

        let task = QuestionAnsweringTask(
            files: [("dev", file)], encoder: QuestionEncoder(tokenizer: try Golden.uncasedTokenizer()),
            decoder: AnswerDecoder(allowsNoAnswer: isVersion2), metric: .f1)
        let noise = Golden.noise(1000)
        let outputs = task.evaluationSets[0].examples.map {
            Array(noise[($0.tokenCount % 7)...].prefix(2 * $0.tokenCount))
        }
        let clock = ContinuousClock()
        let begin = clock.now
        let evaluation = task.evaluate(task.evaluationSets[0], outputs: outputs)
        print("\(name): decoded and judged in \(clock.now - begin)")
        #expect(evaluation["f1"] ?? 100 < 20)
    }

    /// Of a file, unpacked if need be.
    private static func bytes(of file: URL) throws -> [UInt8] {
        guard file.pathExtension == "xz" else { return Array(try Data(contentsOf: file)) }
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["xz", "--decompress", "--stdout", file.path]
        process.standardOutput = output
        try process.run()
        return Array(try output.fileHandleForReading.readToEnd() ?? Data())
    }
}

extension QuestionFile {
    /// Some of its questions.
    func selecting(_ isChosen: (Question) -> Bool) -> QuestionFile {
        QuestionFile(path: path, contexts: contexts, questions: questions.filter(isChosen))
    }
}
