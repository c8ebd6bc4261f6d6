import Foundation
import JobQueue
import Journal
import Messages
import Store

/// A state folder of a test's own. It goes with the process and not with this value, which may be released while a journal
/// in the folder is still open.
struct Scratch {
    let folder = root.appending(path: UUID().uuidString)

    private static let root: URL = {
        atexit { try? FileManager.default.removeItem(at: Scratch.root) }
        let root = FileManager.default.temporaryDirectory.appending(path: "bertd-journal-\(UUID().uuidString)")
        try? FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        return root
    }()

    func open(pageLimit: Int? = nil) throws -> Journal {
        try Journal(folder: folder, store: Store(folder: folder.appending(path: "store")), pageLimit: pageLimit)
    }
}

extension UnixTime {
    /// An instant `seconds` after the tests' zero.
    static func at(_ seconds: Int) -> UnixTime {
        UnixTime(microseconds: 1_700_000_000_000_000 + Int64(seconds) * 1_000_000)
    }
}

func name(_ string: String) -> Identifier {
    do { return try Identifier(string) } catch { preconditionFailure("\(error)") }
}

func record(
    _ id: String, group: String = "group", rows: Int = 1, frame: [UInt8] = [1, 2, 3], noticesOnly: Bool = false,
    perToken: Bool = false, model: ModelBinding = .mini, at time: UnixTime = .at(0)
) -> JobRecord {
    JobRecord(
        address: JobAddress(clientID: name("client"), group: name(group), jobID: name(id)), priority: .bulk,
        digest: Digest(of: frame), model: model, rows: rows, noticesOnly: noticesOnly, perToken: perToken,
        acceptedAt: time)
}

extension ModelBinding {
    static let mini: ModelBinding = {
        do {
            return ModelBinding(reference: try ModelReference("mini@1"), digest: Digest(of: [7]))
        } catch { preconditionFailure("\(error)") }
    }()
}

/// A chunk of `float32` rows, each `width` wide, whose bytes are all different in a row.
func chunk(_ first: Int, _ count: Int, width: Int = 2, tokens: [UInt32]? = nil, notes: [RowNote] = []) -> StoredRows {
    let vectors = tokens.map { $0.reduce(0) { $0 + Int($1) } } ?? count
    let pattern = (0..<4099).map { UInt8(truncatingIfNeeded: first &* 31 &+ $0) }
    var tensor: [UInt8] = []
    while tensor.count < vectors * width * 4 { tensor += pattern.prefix(vectors * width * 4 - tensor.count) }
    let rows = ResultRows(
        firstRow: first, count: count, elementType: .float32, shape: [vectors, width], digest: Digest(of: tensor),
        tokenCounts: tokens ?? [UInt32](repeating: 5, count: count), notes: notes)
    return StoredRows(rows: rows, tensor: tensor, usage: Usage(rows: count, tokens: 5 * count))
}

extension Outcome {
    var event: Event? { if case .event(let event, _) = self { event } else { nil } }
    var tensor: [UInt8]? { if case .event(_, let tensor) = self { tensor } else { nil } }
    var isDone: Bool { if case .done = self { true } else { false } }
}
