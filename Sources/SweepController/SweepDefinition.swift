package import Foundation
import Messages
package import Sweep

/// All that a sweep is, besides the events of its jobs: kept in the service as a named object, whose latest version counts.
///
/// To steer a sweep is to register its definition anew, with another intent or more trials; whoever controls it reads that.
package struct SweepDefinition: Sendable, Equatable, Codable {
    /// What the one who made it wants of it now.
    package enum Intent: String, Sendable, Codable {
        case run
        /// What is at work comes to its rung; nothing is begun.
        case pause
        /// What was begun goes on to its end; nothing else is begun.
        case stop
        /// Everything ends at once.
        case cancel
    }

    package struct Columns: Sendable, Equatable, Codable {
        package var text, text2, label: String?

        package init(text: String? = nil, text2: String? = nil, label: String? = nil) {
            (self.text, self.text2, self.label) = (text, text2, label)
        }
    }

    package struct File: Sendable, Equatable, Codable {
        package var role, data: String
        package var path: String?

        package init(role: String, data: String, path: String?) {
            (self.role, self.data, self.path) = (role, data, path)
        }
    }

    /// Of this layout; a later one is refused.
    package static let currentFormat = 1

    package var format = currentFormat
    /// Incremented with every change, so that no two versions are the same object.
    package var revision = 1
    package var name: String
    package var summary: String?
    package var task: String
    /// To begin with: NAME@VERSION.
    package var model: String
    /// For training and development.
    package var files: [File]
    /// That nobody looks at before there is a winner.
    package var testFiles: [File]
    package var columns: Columns
    /// Of every trial, by the hyper-parameters' own names.
    package var settings: [String: String]
    /// What trials are compared by, on the development data.
    package var metric: String
    package var study: StudyDefinition
    package var intent = Intent.run
    /// When to begin nothing more.
    package var deadline: Date?
    package var made: Date

    package init(
        name: String, summary: String? = nil, task: String, model: String, files: [File], testFiles: [File] = [],
        columns: Columns = Columns(), settings: [String: String], metric: String, study: StudyDefinition,
        deadline: Date? = nil, made: Date
    ) {
        self.name = name
        self.summary = summary
        self.task = task
        self.model = model
        self.files = files
        self.testFiles = testFiles
        self.columns = columns
        self.settings = settings
        self.metric = metric
        self.study = study
        self.deadline = deadline
        self.made = made
    }
}

extension SweepDefinition {
    /// Whether this is the same sweep, whenever it was made and whatever was wanted of it since.
    package func isSameSearch(as other: SweepDefinition) -> Bool {
        var copy = other
        (copy.revision, copy.intent, copy.made, copy.deadline) = (revision, intent, made, deadline)
        copy.study.trials = study.trials
        return copy == self
    }

    /// The one file of the object.
    package static let file = "sweep.json"

    package func encoded() -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        guard let data = try? encoder.encode(self) else { preconditionFailure("a number in \(self) is not finite") }
        return data
    }

    package init(decoding data: Data) throws(SweepError) {
        struct Format: Decodable { let format: Int }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        do {
            let format = try decoder.decode(Format.self, from: data).format
            guard format == Self.currentFormat else {
                throw SweepError.otherFormat(found: format, expected: Self.currentFormat)
            }
            self = try decoder.decode(Self.self, from: data)
        } catch let error as SweepError {
            throw error
        } catch {
            throw .damagedDefinition("\(error)")
        }
    }
}
