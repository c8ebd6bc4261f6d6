import Foundation

/// Lines on their way into a file that takes its name when it is complete.
final class LineFile {
    private let file: PartialFile
    private let stream: UnsafeMutablePointer<FILE>

    init(_ file: PartialFile) throws(Failure) {
        self.file = file
        guard let stream = fopen(file.aside.path, "we") else {
            throw .cannotWrite(path: file.aside.path, reason: String(cString: strerror(errno)))
        }
        self.stream = stream
    }

    /// - Parameter line: without its end
    func append(_ line: [UInt8]) throws(Failure) {
        let count = fwrite(line, 1, line.count, stream)
        guard count == line.count, putc(0x0A, stream) != EOF else { throw failure() }
    }

    func finish() throws(Failure) {
        guard fflush(stream) == 0, fsync(fileno(stream)) == 0 else { throw failure() }
        try file.complete()
    }

    deinit { fclose(stream) }

    private func failure() -> Failure {
        .cannotWrite(path: file.target.path, reason: String(cString: strerror(errno)))
    }
}
