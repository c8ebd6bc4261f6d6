import Sweep
import Tasks
import Yams

/// A mapping of the file: its keys with their values, and where each stands.
struct Section {
    /// `parameters.lr`; empty for the whole file.
    let name: String
    let place: Place
    let entries: [Entry]

    /// - Parameter place: of the key, which an error about something that is missing is told of
    init(_ node: Node, name: String, place: Place) throws(PlacedFault) {
        self.name = name
        self.place = place
        guard case .mapping(let mapping) = node else {
            throw Placed(
                .badValue(of: Self.title(name), expected: "keys with values", found: node.words),
                at: node.place ?? place)
        }
        var entries: [Entry] = []
        for (key, value) in mapping {
            let keyPlace = key.place ?? place
            guard case .scalar(let scalar) = key else {
                throw Placed(.badValue(of: Self.title(name), expected: "a key", found: key.words), at: keyPlace)
            }
            entries.append(Entry(section: name, key: scalar.string, keyPlace: keyPlace, node: value))
        }
        self.entries = entries
    }

    subscript(key: String) -> Entry? { entries.first { $0.key == key } }

    var keys: [String] { entries.map(\.key) }

    /// More keys that nobody knows tell nothing more.
    private static let mostUnknown = 20

    func reportUnknown(expected: [String], to findings: Findings) {
        for entry in entries.filter({ !expected.contains($0.key) }).prefix(Self.mostUnknown) {
            findings.fail(.unknownName(of: Self.title(name), expected: expected, found: entry.key), at: entry.keyPlace)
        }
    }

    func required(_ key: String) throws(PlacedFault) -> Entry {
        guard let entry = self[key] else {
            throw Placed(.missing(of: Self.title(name), expected: "'\(key)'", found: foundInWords), at: place)
        }
        return entry
    }

    /// As errors call it.
    static func title(_ name: String) -> String { name.isEmpty ? "the file" : name }

    private var foundInWords: String {
        keys.isEmpty ? "nothing" : "only " + keys.prefix(8).map { "'\(Spelling.excerpt($0))'" }.joined(separator: ", ")
    }
}

extension Node {
    /// `nil` where there is nothing: an empty scalar stands where the next thing begins.
    var place: Place? {
        if case .scalar(let scalar) = self, scalar.string.isEmpty, scalar.style == .plain { return nil }
        return mark.map(Place.init)
    }

    /// What is found, in a sentence.
    var words: String {
        switch self {
        case .scalar(let scalar):
            ParameterValue(scalar) == nil ? "nothing" : "'\(Spelling.excerpt(scalar.string))'"
        case .mapping(_): "keys with values"
        case .sequence(let sequence): sequence.isEmpty ? "an empty list" : "a list"
        case .alias(_): "an alias"
        }
    }
}
