import Client
import Foundation
import Messages

/// One JSON object a text: row, text, tokens, vector.
final class JSONLinesOutput: VectorOutput {
    private let file: PartialFile
    private let stream: UnsafeMutablePointer<FILE>

    init(_ file: PartialFile) throws(Failure) {
        self.file = file
        guard let stream = fopen(file.aside.path, "we") else {
            throw .cannotWrite(path: file.aside.path, reason: String(cString: strerror(errno)))
        }
        self.stream = stream
    }

    func append(_ result: JobResult, texts: [Text], firstRow: Int) throws {
        for row in VectorRows(result) {
            let line = row.json(text: row.index < texts.count ? texts[row.index] : nil, firstRow: firstRow).text + "\n"
            guard fputs(line, stream) >= 0 else { throw failure() }
        }
    }

    func finish() throws {
        guard fflush(stream) == 0, fsync(fileno(stream)) == 0 else { throw failure() }
        try file.complete()
    }

    deinit { fclose(stream) }

    private func failure() -> Failure {
        .cannotWrite(path: file.target.path, reason: String(cString: strerror(errno)))
    }
}
