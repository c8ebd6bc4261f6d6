import Foundation
import Messages
import Synchronization
import TestSupport

/// A real `bertd serve` with its worker, on free ports, with a state folder of its own that goes with it.
final class ServiceUnderTest: Sendable {
    let folder: URL
    let basePort: Int
    private let process = Mutex<Process?>(nil)

    init(folder: URL? = nil) throws {
        self.folder = folder ?? URL.temporaryDirectory.appending(path: "bertd-test-\(UUID().uuidString)")
        basePort = try FreePorts.base()
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    }

    var address: String { "127.0.0.1:\(basePort)" }
    var stateFolder: URL { folder.appending(path: "state") }
    var log: URL { folder.appending(path: "serve.log") }

    /// Starts the broker; it says nothing about being ready.
    func start(_ more: [String] = []) throws {
        let serve = Programs.process(
            "bertd", ["serve", "--port", "\(basePort)", "--state-dir", stateFolder.path] + more)
        try Data().write(to: log)
        let handle = try FileHandle(forWritingTo: log)
        serve.standardError = handle
        serve.standardOutput = handle
        try serve.run()
        process.withLock { $0 = serve }
    }

    var processID: Int32? { process.withLock { $0?.processIdentifier } }
    var isRunning: Bool { process.withLock { $0?.isRunning ?? false } }

    func send(_ signal: Int32) { if let pid = processID { kill(pid, signal) } }

    /// Waits until the broker has ended.
    ///
    /// - Returns: its exit code, or the signal that ended it, negated
    func waitForEnd() -> Int32 {
        guard let serve = process.withLock({ $0 }) else { return 0 }
        serve.waitUntilExit()
        return serve.terminationReason == .exit ? serve.terminationStatus : -serve.terminationStatus
    }

    /// Runs bertctl against this service.
    func bertctl(_ arguments: [String], input: String? = nil) throws -> Programs.Ended {
        try Programs.run("bertctl", arguments + ["--server", address], input: input)
    }

    /// Ends everything and deletes the state.
    func close() {
        send(SIGTERM)
        _ = waitForEnd()
        try? FileManager.default.removeItem(at: folder)
    }
}

/// Four ports in a row that nobody listens on.
enum FreePorts {
    struct None: Error {}

    static func base() throws -> Int {
        for _ in 0..<200 {
            let base = Int.random(in: 20_000..<60_000)
            if (base..<base + 4).allSatisfy(isFree) { return base }
        }
        throw None()
    }

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

extension ServiceUnderTest {
    struct NotReady: Error, CustomStringConvertible { let description: String }

    /// A started service with a tiny random model, `tiny`, and a worker that is ready.
    static func withTinyModel(in folder: URL? = nil, options: [String] = []) throws -> ServiceUnderTest {
        let service = try ServiceUnderTest(folder: folder)
        let model = service.folder.appending(path: "tiny")
        try TinyModel.write(to: model)
        try service.start(options)
        try service.waitUntilReady()
        let added = try service.bertctl(["models", "add", model.path, "--name", "tiny"])
        guard added.status == 0 else { throw NotReady(description: "models add: \(added.errors)") }
        return service
    }

    /// Until `bertctl status` says that a worker is ready; polls, since another process cannot be awaited.
    func waitUntilReady() throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline, isRunning {
            if try bertctl(["status"]).status == 0 { return }
            usleep(50_000)
        }
        throw NotReady(description: (try? String(contentsOf: log, encoding: .utf8)) ?? "no log")
    }

    /// The process of the one worker that is ready.
    func workerProcess() throws -> Int32 {
        let client = try RawClient(basePort: basePort)
        guard case .service(let status) = try client.ask(.status), status.workers.count == 1 else {
            throw NotReady(description: "not one worker")
        }
        return Int32(status.workers[0].processID)
    }

    /// The process of the one worker of a class that is there.
    func process(of workerClass: WorkerClass) throws -> Int32 {
        let client = try RawClient(basePort: basePort)
        guard case .service(let status) = try client.ask(.status),
            let worker = status.workers.first(where: { $0.workerClass == workerClass })
        else { throw NotReady(description: "no worker for \(workerClass)") }
        return Int32(worker.processID)
    }
}
