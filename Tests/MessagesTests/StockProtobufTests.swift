import Foundation
import Messages
import TestSupport
import Testing

/// Google's protobuf, given the published contract alone, reads and writes the same bytes.
struct StockProtobufTests {
    private static let python = "/usr/bin/python3"
    private static let absent = "needs protoc and Debian's python3-protobuf"
    private static let isThere =
        FileManager.default.isExecutableFile(atPath: "/usr/bin/protoc")
        && FileManager.default.fileExists(atPath: "/usr/lib/python3/dist-packages/google/protobuf/message.py")

    @Test(.enabled(if: isThere, Comment(rawValue: absent)))
    func bothSidesReadAndWriteTheSameBytes() throws {
        var samples = Samples(seed: 3)
        var lines: [(name: String, frame: [UInt8])] = []
        for _ in 0..<100 {
            lines.append(("Command", try samples.command(ofValidText: true).encoded()))
            lines.append(("Event", try samples.event().encoded()))
            lines.append(("Request", try samples.request().encoded()))
            lines.append(("Reply", try samples.reply().encoded()))
            lines.append(("Manifest", try samples.manifest().encoded()))
            lines.append(("FromWorker", try samples.fromWorker().encoded()))
            lines.append(("FromBroker", try samples.fromBroker(ofValidText: true).encoded()))
        }
        let answers = try Self.stock(lines.map { "\($0.name) \(hex($0.frame))" })
        for (line, answer) in zip(lines, answers) { #expect(answer == hex(line.frame), "\(line.name)") }

        let made = answers.dropFirst(lines.count).map { String($0.split(separator: " ").last ?? "") }
        try #require(made.count == 3)
        let address = JobAddress(
            clientID: try Identifier("py"), group: try Identifier("g"), jobID: try Identifier("job:1"))
        let embed = Embed(
            model: try ModelReference("minilm@3"), texts: ["hello", "", "nul\0inside", "中文"], layer: -2,
            normalize: false)
        let command = Command(address: address, priority: .bulk, body: .work(.embed(embed)))
        #expect(Command.decode(try bytes(made[0])) == .command(command))
        let manifest = try Manifest(decoding: try bytes(made[1]))
        #expect(manifest.files.map(\.path) == ["config.json", "onnx/model.bin"])
        #expect(manifest.digest.hex == made[2])
    }

    private static func stock(_ lines: [String]) throws -> [String] {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "stock-protobuf-\(UUID())")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        // Files, because a pipe that is full on both sides would wait for ever.
        let input = scratch.appending(path: "in")
        let output = scratch.appending(path: "out")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: input)
        try Data().write(to: output)
        let script = SharedData.repository.appending(path: "Tests/MessagesTests/stock_protobuf.py")
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = [
            script.path, SharedData.repository.appending(path: "Protos").path, scratch.path,
        ]
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = try FileHandle(forWritingTo: output)
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return try String(contentsOf: output, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().map(String.init)
    }

    private func hex(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }

    private func bytes(_ hex: String) throws -> [UInt8] {
        try stride(from: 0, to: hex.count, by: 2).map { at in
            let start = hex.index(hex.startIndex, offsetBy: at)
            return try #require(UInt8(hex[start..<hex.index(start, offsetBy: 2)], radix: 16))
        }
    }
}
