import Foundation
import Messages
import Testing
import bertctl

@Suite(.enabled(if: FaultyServer.isAvailable, Comment(rawValue: FaultyServer.absent)), .timeLimit(.minutes(1)))
struct DownloadTests {
    private static let files = [
        "config.json": #"{"model_type":"bert"}"#, "model.safetensors": String(repeating: "weights ", count: 20_000),
        "vocab.txt": "[PAD]\n[UNK]\n",
        "modules.json": #"[{"path":""},{"path":"1_Pooling"},{"path":"../up"},{"path":"2_Dense"}]"#,
        "1_Pooling/config.json": "{}", "2_Dense/config.json": "{}", "2_Dense/model.safetensors": "dense",
    ]

    private func model() throws -> HuggingFaceModel { try #require(HuggingFaceModel("org/name")) }

    private func fetch(_ server: FaultyServer, pinned: [String: String] = [:], token: String? = nil) throws -> URL? {
        var environment = server.environment
        environment["HF_TOKEN"] = token
        let outcome = try ModelFetcher(environment: environment).fetch(model(), pinned: pinned)
        if case .folder(let url) = outcome { return url }
        return nil
    }

    private func expectAll(in folder: URL?) throws {
        let folder = try #require(folder)
        for (name, content) in Self.files {
            #expect(try String(contentsOf: folder.appending(path: name), encoding: .utf8) == content)
        }
    }

    @Test(arguments: [[], ["redirect"], ["cut"], ["redirect", "cut"], ["cut", "noresume"]])
    func everyFileArrivesWhole(_ faults: [String]) throws {
        let server = try FaultyServer(Self.files, faults: faults)
        defer { server.stop() }
        try expectAll(in: fetch(server))
    }

    @Test func aSecondRunFetchesNothing() throws {
        let server = try FaultyServer(Self.files)
        defer { server.stop() }
        try expectAll(in: fetch(server))
        for name in Self.files.keys { try Data("other".utf8).write(to: server.folder.appending(path: name)) }
        try expectAll(in: fetch(server))
    }

    @Test func anInterruptedRunIsResumed() throws {
        let server = try FaultyServer(Self.files)
        defer { server.stop() }
        let folder = ModelCache(environment: server.environment).folder(of: try model())
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let weights = try #require(Self.files["model.safetensors"])
        try Data(weights.utf8.prefix(1000)).write(to: folder.appending(path: "model.safetensors.part"))
        try expectAll(in: fetch(server))
    }

    @Test(arguments: [["lie", "redirect"], ["lie"]])
    func bytesThatAreNotOfTheirDigestAreRemoved(_ faults: [String]) throws {
        let server = try FaultyServer(Self.files, faults: faults)
        defer { server.stop() }
        let digest = Digest(of: Array((Self.files["model.safetensors"] ?? "").utf8)).hex
        let failure = #expect(throws: Failure.self) { try fetch(server, pinned: ["model.safetensors": digest]) }
        #expect(failure?.status == .badData)
        #expect(failure?.sentence.contains("SHA-256") == true)
        let folder = ModelCache(environment: server.environment).folder(of: try model())
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(left.allSatisfy { !$0.hasPrefix("model.safetensors") })
    }

    @Test func aMissingModelIsNamed() throws {
        let server = try FaultyServer(["config.json": "{}"])
        defer { server.stop() }
        let failure = #expect(throws: Failure.self) { try fetch(server) }
        #expect(failure?.status == .no)
        #expect(failure?.sentence.contains("there is no model.safetensors in org/name at revision main") == true)
    }

    @Test func aTokenOpensWhatIsPrivate() throws {
        let server = try FaultyServer(Self.files, faults: ["secret"])
        defer { server.stop() }
        let failure = #expect(throws: Failure.self) { try fetch(server) }
        #expect(failure?.status == .notPermitted)
        #expect(failure?.sentence.contains("HF_TOKEN") == true)
        try expectAll(in: fetch(server, token: "letmein"))
    }

    @Test func withoutANetworkAPersonIsToldWhatToFetch() throws {
        let environment = ["HF_ENDPOINT": "http://127.0.0.1:1", "XDG_CACHE_HOME": "/nonexistent"]
        let fetcher = ModelFetcher(environment: environment)
        guard case .unreachable(let reason) = try fetcher.fetch(model()) else {
            Issue.record("expected it to be unreachable")
            return
        }
        let sentence = fetcher.instructions(for: try model(), reason: reason).sentence
        #expect(sentence.contains("http://127.0.0.1:1/org/name/resolve/main/{config.json,model.safetensors,vocab.txt"))
        #expect(sentence.hasSuffix("bertctl models add FOLDER"))
    }

    @Test(
        arguments: [
            ("minilm", ModelSource.miniLM), ("hf:a/b", .huggingFace(.init(repository: "a/b", revision: "main"))),
            ("hf:a/b@v1.0", .huggingFace(.init(repository: "a/b", revision: "v1.0"))),
            (
                "bert-base-chinese",
                .huggingFace(.init(repository: "google-bert/bert-base-chinese", revision: "main"))
            ), ("/tmp", .folder(URL(filePath: "/tmp"))),
        ])
    func sourcesAreRead(_ text: String, _ source: ModelSource) throws {
        #expect(try ModelSource(text) == source)
    }

    @Test(arguments: ["hf:", "hf:a", "hf:a/b/c", "hf:a/..", "hf:../b", "hf:a/b@", "hf:a/b@x/y", "hf:a/b c", "hf:/b"])
    func whatIsNoRepositoryIsRefused(_ text: String) {
        let failure = #expect(throws: Failure.self) { try ModelSource(text) }
        #expect(failure?.status == .usage)
    }
}
