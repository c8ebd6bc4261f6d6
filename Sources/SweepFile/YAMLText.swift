import Foundation
import Yams

/// The bytes of a file as a tree of YAML nodes that know their places.
enum YAMLText {
    /// A sweep fits a screen; what is larger is another file.
    static let mostBytes = 1 << 20

    static func root(of bytes: [UInt8]) throws(PlacedFault) -> Node {
        guard bytes.count <= mostBytes else {
            throw Placed(.tooLarge(most: mostBytes, found: bytes.count), at: .beginning)
        }
        let text = try string(of: bytes)
        do {
            // A named encoding, for the default may be set, and announced on standard output, by the environment.
            if let node = try Parser(yaml: text, encoding: .utf8).singleRoot() { return node }
        } catch let error as YamlError {
            throw fault(of: error, in: text)
        } catch {
            throw Placed(.notYAML(problem: "\(error)"), at: .beginning)
        }
        throw Placed(.badValue(of: "the file", expected: "method and parameters", found: "nothing"), at: .beginning)
    }

    private static func string(of bytes: [UInt8]) throws(PlacedFault) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        // What a repairing decoder keeps of the beginning is the same up to the first byte that is wrong.
        let repaired = Array(String(decoding: bytes, as: UTF8.self).utf8)
        let index = zip(bytes, repaired).enumerated().first { $1.0 != $1.1 }?.offset ?? min(bytes.count, repaired.count)
        let place = place(after: String(decoding: bytes[..<index], as: UTF8.self))
        throw Placed(.notUTF8(byte: index < bytes.count ? bytes[index] : 0), at: place)
    }

    private static func fault(of error: YamlError, in text: String) -> PlacedFault {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let words = [context?.text, problem].compactMap(\.self).joined(separator: ", ")
            return Placed(.notYAML(problem: words), at: Place(mark))
        case .reader(let problem, let offset, _, _):
            return Placed(.notYAML(problem: problem), at: place(after: String(text.prefix(offset ?? 0))))
        case .duplicatedKeysInMapping(let keys, let context):
            return Placed(.duplicateKey(found: keys.first ?? ""), at: Place(context.mark))
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return Placed(.notYAML(problem: "\(error)"), at: .beginning)
        }
    }

    private static func place(after text: String) -> Place {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return Place(line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1)
    }
}
