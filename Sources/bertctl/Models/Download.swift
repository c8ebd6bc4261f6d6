import Foundation
import Messages
import Terminal

/// One file over HTTP by curl: resumed where it was cut, checked, and only then given its name.
struct Download {
    enum Outcome: Equatable {
        case done
        /// The server has no such file.
        case absent
        /// It asks for a right that the caller has not shown.
        case forbidden(status: Int)
        case unreachable(reason: String)
    }

    let url: String
    let target: URL
    /// A secret for the server; curl sends it to no other host.
    let token: String?
    /// What the bytes must be; where it is not known, the server's own word is taken (`X-Linked-ETag`).
    let digest: Digest?

    private var partial: URL { target.appendingPathExtension("part") }
    private var headers: URL { target.appendingPathExtension("headers") }

    /// Cuts in a row that bring nothing, before giving up.
    private static let patience = 5

    /// - Throws: `Failure.damaged` when the bytes are not those of the digest; they are removed
    func run() throws(Failure) -> Outcome {
        if FileManager.default.fileExists(atPath: target.path) { return .done }
        try? FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        defer { unlink(headers.path) }
        var fruitless = 0
        while true {
            let before = size
            let result = try curl()
            switch result.status {
            case 0:
                try finish()
                return .done
            case 22: return refusal(result.output)
            case 33, 36:  // The server cannot resume: from the start, then.
                unlink(partial.path)
            case 127: throw .unavailable("curl is needed to download \(url), and is not installed")
            default:
                fruitless = size > before ? 0 : fruitless + 1
                let reason = result.output.split(separator: "\n").last.map(String.init) ?? "curl exit \(result.status)"
                // Only a transfer that had begun is worth another try.
                guard [18, 28, 52, 55, 56, 92].contains(result.status), fruitless < Self.patience else {
                    return .unreachable(reason: reason)
                }
            }
        }
    }

    /// Secrets and addresses go by the configuration on stdin, never by arguments.
    private func curl() throws(Failure) -> ChildProcess.Result {
        var lines = [
            "url = \"\(url)\"", "output = \"\(partial.path)\"", "dump-header = \"\(headers.path)\"", "location", "fail",
            "silent", "show-error", "continue-at = -", "connect-timeout = 10", "speed-limit = 1000", "speed-time = 30",
            "max-redirs = 10", "proto-redir = \"=https,http\"",
        ]
        if let token { lines.append("header = \"Authorization: Bearer \(token)\"") }
        let began = size
        var progress: ProgressLine?
        let title = "fetching \(target.lastPathComponent)"
        let result = try ChildProcess.run("curl", ["--config", "-"], input: lines.joined(separator: "\n") + "\n") {
            let total = Headers(at: headers).total
            let start = total.map { Double(began) / Double(max(1, $0)) } ?? 0
            if progress == nil { progress = ProgressLine(ProgressBar(title, unit: nil, alreadyDone: start)) }
            progress?.show(done: size - began, fraction: total.map { Double(size) / Double(max(1, $0)) })
        }
        progress?.clear()
        return result
    }

    /// A complete file that was not renamed any more is answered with 416: there is nothing after its end.
    private func refusal(_ output: String) -> Outcome {
        switch Headers(at: headers).status {
        case 404: return .absent
        case 416:
            unlink(partial.path)
            return .unreachable(reason: "the server has less of it than was there; try again")
        case let status? where [401, 403].contains(status): return .forbidden(status: status)
        default: return .unreachable(reason: output.split(separator: "\n").last.map(String.init) ?? "refused")
        }
    }

    private func finish() throws(Failure) {
        // An empty file is none for curl.
        if !FileManager.default.fileExists(atPath: partial.path) { creat(partial.path, 0o644) }
        if let expected = digest ?? Headers(at: headers).digest {
            let found = try FileDigest.of(partial.path)
            guard found == expected else {
                unlink(partial.path)
                throw .damaged("\(url) has SHA-256 \(found), expected \(expected); it was removed")
            }
        }
        guard rename(partial.path, target.path) == 0 else {
            throw .cannotWrite(path: target.path, reason: String(cString: strerror(errno)))
        }
    }

    private var size: Int {
        var status = stat()
        return stat(partial.path, &status) == 0 ? Int(status.st_size) : 0
    }
}
