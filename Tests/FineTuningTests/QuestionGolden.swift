import Foundation

@testable import FineTuning

/// What generate_questions.py wrote.
struct QuestionGolden: Decodable {
    struct Settings: Decodable {
        let maximumLength: Int
        let stride: Int
        let queryTokens: Int
        let best: Int
        let longest: Int
        let cases: [Case]

        func encoder(pieces: [String]) throws -> QuestionEncoder {
            QuestionEncoder(
                tokenizer: try Golden.tokenizer(pieces: pieces), maximumLength: maximumLength, stride: stride,
                maximumQueryTokens: queryTokens)
        }
    }

    struct Case: Decodable {
        let id: String
        let windows: [Window]
        let answers: [Answer]
        let null: Float
    }

    struct Window: Decodable {
        let ids: [Int32]
        let types: [UInt8]
        let start: Int
        let end: Int
        /// Rows of the pieces that have most context here.
        let best: [Int]
    }

    struct Answer: Decodable {
        let text: String
        let start: Int
        let end: Int
        let score: Float
    }

    struct Score: Decodable {
        let text: String
        let gold: [String]
        let version2: Bool
        let exact: Double
        let f1: Double
    }

    struct Threshold: Decodable {
        let margins: [Double]
        let scores: [Double]
        let impossible: [Bool]
        let best: Double
        let threshold: Double
    }

    struct Squad: Decodable {
        struct Chosen: Decodable {
            let id: String
            let windows: Int
            let checksum: String
            let starts: [Int]
            let ends: [Int]
            let best: [Int]
        }

        struct Sums: Decodable {
            let exact: Double
            let f1: Double
            let questions: Int
        }

        let features: Int
        let chosen: [Chosen]
        let secondAnswer: Sums
    }

    let pieces: [String]
    let settings: [Settings]
    let scores: [Score]
    let thresholds: [Threshold]
    let squad: [String: Squad]

    static func read() throws -> QuestionGolden { try Golden.read("questions.json") }

    /// The questions that the script was given.
    static func file() throws -> QuestionFile { try QuestionFile(Golden.folder.appending(path: "questions.json")) }
}
