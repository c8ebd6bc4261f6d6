import Foundation

/// One string out of a line of JSON.
enum JSONMember {
    /// `nil` unless the line is an object with a string of this name.
    static func string(_ name: String, in line: [UInt8]) -> String? {
        let value = try? JSONSerialization.jsonObject(with: Data(line))
        return (value as? [String: Any])?[name] as? String
    }
}
