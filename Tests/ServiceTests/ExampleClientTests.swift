import Foundation
import TestSupport
import Testing

/// The clients in other languages, run as their first lines say.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ExampleClientTests {
    private static let clients = SharedData.repository.appending(path: "Tests/Clients")
    private static let protos = SharedData.repository.appending(path: "Protos")
    private static let hasPython =
        runs("/usr/bin/python3", "-c", "import zmq, google.protobuf") && runs("protoc", "--version")
    private static let hasC = runs("protoc-c", "--version") && runs("cc", "--version")

    @Test(
        .enabled(if: hasPython, "needs python3-zmq, python3-protobuf and protobuf-compiler"),
        arguments: ["embed_fetch.py", "embed_subscribe.py"])
    func pythonGetsTheVectorsOfBertctl(_ script: String) throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        try call("protoc", ["--python_out=\(service.folder.path)", "-I\(Self.protos.path)", "bertd.proto"])
        try check(service, "/usr/bin/python3", [Self.clients.appending(path: script).path])
    }

    @Test(.enabled(if: hasC, "needs protobuf-c-compiler and a C compiler"))
    func cGetsTheVectorsOfBertctl() throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        let folder = service.folder.path
        try call("protoc-c", ["--c_out=\(folder)", "-I\(Self.protos.path)", "bertd.proto"])
        let source = Self.clients.appending(path: "embed_fetch.c").path
        try call(
            "cc",
            [
                "-Wall", "-Wextra", "-Werror", "-I\(folder)", source, "\(folder)/bertd.pb-c.c", "-lzmq", "-lprotobuf-c",
                "-o", "\(folder)/client",
            ])
        try check(service, "\(folder)/client", [])
    }

    private func check(_ service: ServiceUnderTest, _ program: String, _ arguments: [String]) throws {
        let texts = ["one text", "another text", "a third"]
        let own = try service.bertctl(["embed", "--model", "tiny", "-o", "json"] + texts).output
        let expected = try own.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return try #require(object?["vector"] as? [Double])
        }
        let environment = ["BERTD_SERVER": service.address, "BERTD_MODEL": "tiny", "PYTHONPATH": service.folder.path]
        let lines = try call(program, arguments + texts, environment).split(separator: "\n")
        #expect(lines.count == texts.count)
        for (line, (text, vector)) in zip(lines, zip(texts, expected)) {
            let parts = line.split(separator: "\t")
            #expect(parts.first.map(String.init) == text)
            let numbers = parts.dropFirst().compactMap { Double($0) }
            #expect(numbers.count == vector.count)
            // Six decimals are printed.
            #expect(zip(numbers, vector).allSatisfy { abs($0 - $1) < 1e-6 })
        }
        let refused = Self.process(program, arguments + ["text"], environment.merging(["BERTD_MODEL": "absent"]) { $1 })
        refused.standardError = FileHandle.nullDevice
        try refused.run()
        refused.waitUntilExit()
        #expect(refused.terminationStatus == 1)
    }

    @discardableResult
    private func call(_ program: String, _ arguments: [String], _ environment: [String: String] = [:]) throws -> String
    {
        let process = Self.process(program, arguments, environment)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(program) \(arguments)")
        return text
    }

    private static func process(_ program: String, _ arguments: [String], _ environment: [String: String]) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        return process
    }

    private static func runs(_ program: String, _ arguments: String...) -> Bool {
        let process = process(program, arguments, [:])
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
