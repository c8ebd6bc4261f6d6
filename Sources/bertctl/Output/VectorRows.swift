import Client
import Messages

/// The rows of a result one by one, as numbers.
struct VectorRows: Sequence, IteratorProtocol {
    struct Row {
        /// Within the result.
        let index: Int
        let tokenCount: Int
        let status: RowNote.Status?
        /// One vector, or with token vectors as many as there are tokens.
        let vectors: [[Float]]
        let isTokens: Bool
    }

    private let result: JobResult
    private let notes: [Int: RowNote.Status]
    /// Vectors in the tensor: as many as rows, or as tokens.
    private let isTokens: Bool
    private var index = 0
    private var vector = 0

    init(_ result: JobResult) {
        self.result = result
        notes = Dictionary(result.notes.map { ($0.row, $0.status) }, uniquingKeysWith: { first, _ in first })
        let width = Swift.max(1, result.width ?? 1) * (result.elementType?.byteCount ?? 1)
        isTokens = result.bytes.count / width != result.rowsDone
    }

    mutating func next() -> Row? {
        guard index < result.rowsDone, index < result.tokenCounts.count else { return nil }
        let tokenCount = Int(result.tokenCounts[index])
        let count = isTokens ? tokenCount : 1
        defer {
            index += 1
            vector += count
        }
        return Row(
            index: index, tokenCount: tokenCount, status: notes[result.firstRow + index],
            vectors: (vector..<vector + count).map(numbers), isTokens: isTokens)
    }

    private func numbers(of vector: Int) -> [Float] {
        let width = result.width ?? 0
        let type = result.elementType ?? .float32
        let size = width * (type.byteCount ?? 4)
        guard (vector + 1) * size <= result.bytes.count else { return [] }
        return result.bytes.withUnsafeBytes { bytes in
            (0..<width).map { column in
                switch type {
                case .float16:
                    let bits = bytes.loadUnaligned(fromByteOffset: vector * size + column * 2, as: UInt16.self)
                    return Float(Float16(bitPattern: UInt16(littleEndian: bits)))
                case .float32, .unrecognised:
                    let bits = bytes.loadUnaligned(fromByteOffset: vector * size + column * 4, as: UInt32.self)
                    return Float(bitPattern: UInt32(littleEndian: bits))
                }
            }
        }
    }
}

extension VectorRows.Row {
    func json(text: Text?, firstRow: Int) -> JSON {
        var members: [(String, JSON)] = [("row", .int(firstRow + index))]
        if let text { members.append(("text", .string(String(decoding: text.bytes, as: UTF8.self)))) }
        members.append(("tokens", .int(tokenCount)))
        if let status { members.append(("status", .string(status.word))) }
        let arrays = vectors.map { JSON.array($0.map { .number($0) }) }
        members.append(isTokens ? ("vectors", .array(arrays)) : ("vector", arrays.first ?? .array([])))
        return .object(members)
    }
}

extension RowNote.Status {
    var word: String {
        switch self {
        case .truncated: "truncated"
        case .empty: "empty"
        case .rejected: "rejected"
        case .unrecognised: "noted"
        }
    }
}
