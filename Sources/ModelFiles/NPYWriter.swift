package import Foundation

/// Appends rows to a two-dimensional `.npy` file in constant memory; after a kill it goes on where the file stands.
///
/// The header says 0 rows until `finish`, and a row counts when all of its bytes are in the file: the size of the file
/// tells how many there are, and a partial row at the end is written again.
package struct NPYWriter: ~Copyable {
    private let descriptor: CInt
    private let name: String
    private let element: NPYElement
    private let width: Int
    private let dataStart: Int
    /// Complete rows in the file.
    package private(set) var rowCount: Int

    private var rowBytes: Int { width * element.byteCount }

    /// Creates the file; one that is there must have been begun with the same element type and width, and is continued.
    package init(appendingTo url: URL, element: NPYElement, width: Int) throws(ModelFileError) {
        precondition(width > 0, "a row has \(width) numbers, expected at least 1")
        name = url.lastPathComponent
        self.element = element
        self.width = width
        let header = NPYHeader(element: element, shape: [0, width]).encoded
        dataStart = header.count
        descriptor = open(url.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        rowCount = 0
        guard descriptor >= 0 else { throw .unwritable(file: name, reason: String(cString: strerror(errno))) }

        let file = try MappedFile(url, name: name)
        if file.withBytes({ header.starts(with: $0) }) {  // New, or cut within its first write.
            try write(header.span.bytes, at: 0)
            return
        }
        let (found, start) = try NPYHeader.decode(file)
        guard found.element == element, found.shape.count == 2, found.shape[1] == width, start == dataStart else {
            throw .array(
                file: name, expected: "rows of \(width) numbers of type \(element.rawValue)",
                found: "an array \(found.shape) of type \(found.element.rawValue)")
        }
        rowCount = (file.byteCount - start) / rowBytes
        guard ftruncate(descriptor, dataStart + rowCount * rowBytes) == 0 else { throw failure() }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Appends whole rows, given as their little-endian bytes.
    ///
    /// Where it throws, `rowCount` is as before, and the same rows may be appended again.
    package mutating func append(_ rows: RawSpan) throws(ModelFileError) {
        guard rows.byteCount.isMultiple(of: rowBytes) else {
            throw .array(file: name, expected: "rows of \(rowBytes) bytes", found: "\(rows.byteCount) bytes to append")
        }
        try write(rows, at: dataStart + rowCount * rowBytes)
        rowCount += rows.byteCount / rowBytes
    }

    /// Makes the rows durable and then writes their number in the header.
    package consuming func finish() throws(ModelFileError) {
        guard fsync(descriptor) == 0 else { throw failure() }
        try write(NPYHeader(element: element, shape: [rowCount, width]).encoded.span.bytes, at: 0)
        guard fsync(descriptor) == 0 else { throw failure() }
    }

    private func write(_ bytes: RawSpan, at offset: Int) throws(ModelFileError) {
        var written = 0
        while written < bytes.byteCount {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe pwrite(
                    descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written, offset + written)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            written += count
        }
    }

    private func failure() -> ModelFileError { .unwritable(file: name, reason: String(cString: strerror(errno))) }
}
