import Glibc

/// The process's own terminal: data goes to stdout, everything said to people to stderr.
package enum Screen {
    package static var outputIsOnTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    package static var errorsAreOnTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Columns of the terminal, 80 where there is none.
    package static var width: Int { size.map { Int($0.ws_col) } ?? 80 }
    /// Lines of the terminal, 24 where there is none.
    package static var height: Int { size.map { Int($0.ws_row) } ?? 24 }

    private static var size: winsize? {
        var size = winsize()
        return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 && size.ws_row > 0 ? size : nil
    }

    /// Whether everything was written; `false` when the reader has gone or the disk is full.
    @discardableResult
    package static func writeToOutput(_ text: String) -> Bool { write(text, to: STDOUT_FILENO) }

    package static func writeToErrors(_ text: String) { _ = write(text, to: STDERR_FILENO) }

    private static func write(_ text: String, to descriptor: Int32) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count > 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                } else if count == 0 || errno != EINTR {
                    return false
                }
            }
            return true
        }
    }
}
