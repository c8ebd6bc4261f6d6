import Foundation

/// What is looked up in a line of JSON.
enum JSONMember {
    /// `nil` unless the line is an object with a string of this name.
    static func string(_ name: String, in line: [UInt8]) -> String? {
        object(in: line)?[name] as? String
    }

    /// The names of the object's members; none where the line is no object.
    static func names(in line: [UInt8]) -> Set<String> {
        Set(object(in: line)?.keys.map { $0 } ?? [])
    }

    private static func object(in line: [UInt8]) -> [String: Any]? {
        (try? JSONSerialization.jsonObject(with: Data(line))) as? [String: Any]
    }
}
