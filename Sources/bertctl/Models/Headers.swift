import Foundation
import Messages

/// What HTTP headers say about a download: those of every response on the way, redirections among them.
struct Headers {
    /// Of the last response.
    private(set) var status: Int?
    /// Bytes of the whole file.
    private(set) var total: Int?
    /// Hugging Face tells the SHA-256 of its large files where it redirects to them.
    private(set) var digest: Digest?

    init(at url: URL) {
        let text = (try? Data(contentsOf: url)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        for line in text.split(whereSeparator: \.isNewline) { read(line) }
    }

    private mutating func read(_ line: Substring) {
        if line.hasPrefix("HTTP/") {
            status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) }
            total = nil
            return
        }
        let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 2 else { return }
        switch parts[0].lowercased() {
        case "content-length": total = total ?? Int(parts[1])
        case "content-range": total = parts[1].split(separator: "/").last.flatMap { Int($0) }
        case "x-linked-etag": digest = Digest(hex: parts[1].trimmingCharacters(in: ["\""]))
        default: break
        }
    }
}
