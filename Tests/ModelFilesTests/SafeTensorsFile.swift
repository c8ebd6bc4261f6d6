@testable import ModelFiles

/// The bytes of a safetensors file, written as tests need them: right, or wrong in one place.
enum SafeTensorsFile {
    /// A header of exactly these bytes, and `dataCount` bytes of data 0, 1, 2, …
    static func bytes(header: some Sequence<UInt8>, dataCount: Int) -> [UInt8] {
        let header = Array(header)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> ($0 * 8)) }
        return length + header + (0..<dataCount).map { UInt8(truncatingIfNeeded: $0) }
    }

    /// Float32 tensors one after another in the order given.
    static func bytes(_ tensors: [(name: String, shape: [Int])]) -> [UInt8] {
        var start = 0
        let members = tensors.map { name, shape in
            let end = start + shape.reduce(4, *)
            defer { start = end }
            return "\"\(name)\":{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":[\(start),\(end)]}"
        }
        return bytes(header: "{\(members.joined(separator: ","))}".utf8, dataCount: start)
    }
}
