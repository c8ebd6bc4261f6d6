package import Client
import Foundation
import Messages
import Sweep

/// The definitions of sweeps in the service: the latest version of each is what counts.
package struct SweepCatalog {
    private let client: Client

    package init(_ client: Client) { self.client = client }

    /// The names of all sweeps, sorted.
    package func names() throws(SweepError) -> [String] {
        try asking { () throws(ClientError) in
            Set(try client.models(kind: .sweep).map { $0.reference.name.string }).sorted()
        }
    }

    /// Nil where there is no sweep of this name.
    package func find(_ name: String) throws(SweepError) -> SweepDefinition? {
        do { return try definition(of: name) } catch .unknownSweep { return nil } catch { throw error }
    }

    package func definition(of name: String) throws(SweepError) -> SweepDefinition {
        guard let name = try? ModelName(name) else { throw .unknownSweep(name) }
        let versions = try asking { () throws(ClientError) in try client.models(named: name, kind: .sweep) }
        guard let latest = versions.max(by: { $0.version < $1.version }), let file = latest.manifest?.files.first else {
            throw .unknownSweep(name.string)
        }
        return try inScratch { path throws(SweepError) in
            try asking { () throws(ClientError) in
                try client.get(file.digest, size: file.size, to: path) { _ in }
            }
            return try SweepDefinition(decoding: FileManager.default.contents(atPath: path) ?? Data())
        }
    }

    /// Makes this the latest version of the sweep of its name.
    package func save(_ definition: SweepDefinition) throws(SweepError) {
        let bytes = [UInt8](definition.encoded())
        let digest = Digest(of: bytes)
        guard let name = try? ModelName(definition.name),
            let file = try? ManifestFile(path: SweepDefinition.file, size: bytes.count, digest: digest),
            let manifest = try? Manifest([file])
        else { throw .unknownSweep(definition.name) }
        try inScratch { path throws(SweepError) in
            guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
                throw .client(.unwritable(path: path, reason: String(cString: strerror(errno))))
            }
            try asking { () throws(ClientError) in
                try client.put(path, size: bytes.count, digest: digest) { _ in }
                _ = try client.register(name, manifest, kind: .sweep)
            }
        }
    }

    /// Registers what `change` makes of the latest version, unless it is the same.
    ///
    /// - Returns: the new latest version
    @discardableResult
    package func change(
        _ name: String, _ change: (inout SweepDefinition) -> Void
    ) throws(SweepError) -> SweepDefinition {
        let old = try definition(of: name)
        var new = old
        change(&new)
        guard new != old else { return old }
        new.revision += 1
        try save(new)
        return new
    }

    private func inScratch<Result>(_ body: (String) throws(SweepError) -> Result) throws(SweepError) -> Result {
        let path = FileManager.default.temporaryDirectory.appending(path: "bertctl-sweep-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }

    private func asking<Result>(_ body: () throws(ClientError) -> Result) throws(SweepError) -> Result {
        do { return try body() } catch { throw .client(error) }
    }
}
