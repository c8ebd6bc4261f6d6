import Foundation
import GRDB
import JobQueue
import Messages

extension Row {
    func bytes(_ index: Int) throws -> [UInt8] {
        try withUnsafeData(atIndex: index) { data in
            guard let data else { throw JournalError.damaged("a column \(index) is empty, expected bytes") }
            return [UInt8](data)
        }
    }

    func digest(_ index: Int) throws -> Digest {
        let bytes = try bytes(index)
        guard let digest = Digest(bytes: bytes) else {
            throw JournalError.damaged("a digest has \(bytes.count) bytes, expected 32")
        }
        return digest
    }

    /// One of a closed set of words.
    func word<Word: RawRepresentable<String>>(_ index: Int) throws -> Word {
        let found: String = self[index]
        guard let word = Word(rawValue: found) else {
            throw JournalError.damaged("'\(found)' is not a \(Word.self)")
        }
        return word
    }

    func error(_ index: Int) throws -> ServiceError? {
        guard !hasNull(atIndex: index) else { return nil }
        guard case .failed(let error) = try Event(decoding: bytes(index)).body else {
            throw JournalError.damaged("a job's error is another event")
        }
        return error
    }

    /// Rows of a result, kept as the frame of an event that announces them.
    func resultRows(_ index: Int) throws -> ResultRows {
        guard case .result(let rows) = try Event(decoding: bytes(index)).body else {
            throw JournalError.damaged("rows of a result are another event")
        }
        return rows
    }
}

extension Digest {
    var data: Data { Data(bytes) }
}

extension Duration {
    /// Rounded to whole ones.
    var microseconds: Int64 { Int64((self / .microseconds(1)).rounded()) }
}
