import Foundation

/// A file mapped for reading; the mapping goes away with the last reference.
///
/// Pages are shared with every other process that maps the file, and read from disk when first touched. The file must
/// not shrink while it is mapped: a touched page past its end kills the process (SIGBUS). Model files are put in place
/// whole and never rewritten.
package final class MappedFile: @unchecked Sendable {  // Immutable after init, and so are the mapped pages.
    /// The name that errors give.
    package let name: String
    private let bytes: UnsafeRawBufferPointer

    package var byteCount: Int { bytes.count }

    init(_ url: URL, name: String) throws(ModelFileError) {
        func refuse(_ reason: String = String(cString: strerror(errno))) -> ModelFileError {
            .unreadable(file: name, reason: reason)
        }
        // Not blocking: opening a named pipe must fail below, not wait for a writer.
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw refuse() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw refuse() }
        guard status.st_mode & S_IFMT == S_IFREG else { throw refuse("it is not a regular file") }
        let count = Int(status.st_size)
        self.name = name
        guard count > 0 else {  // mmap refuses a length of 0.
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED else {
            throw refuse()
        }
        bytes = UnsafeRawBufferPointer(start: base, count: count)
    }

    /// The bytes of the file, valid within `body`, or for as long as somebody holds this object.
    package func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(bytes)
    }

    deinit {
        if let base = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: base), bytes.count) }
    }
}
