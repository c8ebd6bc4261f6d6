import JobQueue
import Journal
import Messages
import Testing

@Suite struct RegistryTests {
    let scratch = Scratch()
    let journal: Journal

    init() throws { journal = try scratch.open() }

    private func manifest(_ byte: UInt8) throws -> Manifest {
        try Manifest([ManifestFile(path: "config.json", size: 1, digest: Digest(of: [byte]))])
    }

    private func register(_ name: String, _ byte: UInt8, at second: Int = 0) throws -> StoredModel {
        try journal.register(ModelName(name), manifest(byte), at: .at(second))
    }

    @Test func aChangedManifestIsANewVersion() throws {
        #expect(try register("mini", 1).version == 1)
        #expect(try register("mini", 2, at: 5).version == 2)
        #expect(try register("other", 2).version == 1)
        let models = try journal.models(named: ModelName("mini"))
        #expect(models.map(\.version) == [1, 2])
        #expect(models.map(\.registeredAt) == [.at(0), .at(5)])
        #expect(models.map(\.manifest) == [try manifest(1), try manifest(2)])
        #expect(try journal.models(named: nil).count == 3)
    }

    @Test func theSameManifestAsTheLatestIsTheSameVersion() throws {
        let first = try register("mini", 1)
        #expect(try register("mini", 1, at: 9) == first)
        #expect(try register("mini", 2).version == 2)
        #expect(try register("mini", 1).version == 3)
    }

    @Test func aBareNameIsItsLatestVersion() throws {
        _ = try register("mini", 1)
        _ = try register("mini", 2)
        #expect(try journal.resolve(ModelReference("mini"))?.reference == ModelReference("mini@2"))
        #expect(try journal.resolve(ModelReference("mini"))?.digest == manifest(2).digest)
        #expect(try journal.resolve(ModelReference("mini@1"))?.digest == manifest(1).digest)
        #expect(try journal.resolve(ModelReference("mini@3")) == nil)
        #expect(try journal.resolve(ModelReference("nobody")) == nil)
        #expect(try journal.manifest(manifest(2).digest) == manifest(2))
    }

    @Test func aVersionIsNeverGivenTwice() throws {
        _ = try register("mini", 1)
        _ = try register("mini", 2)
        #expect(try journal.remove(ModelReference("mini@2")).map(\.version) == [2])
        #expect(try journal.resolve(ModelReference("mini"))?.reference == ModelReference("mini@1"))
        #expect(try register("mini", 2).version == 3)
    }

    @Test func aNameIsRemovedWithAllItsVersions() throws {
        _ = try register("mini", 1)
        _ = try register("mini", 2)
        #expect(try journal.remove(ModelReference("mini")).count == 2)
        #expect(try journal.models(named: nil).isEmpty)
        #expect(try journal.digestsInUse().isEmpty)
        let reference = try ModelReference("mini")
        #expect(throws: JournalError.unknownModel(reference, .model)) { try journal.remove(reference) }
    }

    @Test func aModelOfOpenJobsStays() throws {
        _ = try register("mini", 1)
        _ = try register("mini", 2)
        let binding = try #require(try journal.resolve(ModelReference("mini@1")))
        _ = try journal.commit([.accept(record("a", model: binding), frame: [])], at: .at(0))
        let refusal = JournalError.modelInUse(try ModelReference("mini@1"), .model, jobs: 1)
        #expect(throws: refusal) { try journal.remove(ModelReference("mini@1")) }
        #expect(throws: refusal) { try journal.remove(ModelReference("mini")) }
        #expect(try journal.models(named: nil).count == 2)
        _ = try journal.commit([.finish(job: name("a"), .cancelled(reason: nil))], at: .at(1))
        #expect(try journal.remove(ModelReference("mini")).count == 2)
    }

    @Test func whatASweepIsToTryHasANameAmongSweeps() throws {
        _ = try register("mrpc", 1)
        for byte in [2, 3] as [UInt8] {
            let sweep = try journal.register(ModelName("mrpc"), manifest(byte), kind: .sweep, at: .at(0))
            #expect(sweep.kind == .sweep && sweep.version == Int(byte) - 1)
        }
        let sweeps = try journal.models(named: ModelName("mrpc"), kind: .sweep)
        #expect(sweeps.map(\.manifest) == [try manifest(2), try manifest(3)])
        #expect(try journal.models(named: nil).count == 1 && journal.models(named: nil, kind: .data).isEmpty)
        #expect(try journal.digestsInUse().isSuperset(of: [manifest(3).digest, Digest(of: [3])]))
        let reference = try ModelReference("mrpc")
        _ = try journal.commit([.accept(record("a", group: "mrpc"), frame: [])], at: .at(1))
        let refusal = JournalError.modelInUse(try ModelReference("mrpc@1"), .sweep, jobs: 1)
        #expect(throws: refusal) { try journal.remove(reference, kind: .sweep) }
        _ = try journal.commit([.finish(job: name("a"), .cancelled(reason: nil))], at: .at(2))
        #expect(try journal.remove(reference, kind: .sweep).count == 2)
        #expect(throws: JournalError.unknownModel(reference, .sweep)) { try journal.remove(reference, kind: .sweep) }
    }

    @Test func whatIsInUseIsManifestsAndTheirFiles() throws {
        _ = try register("mini", 1)
        #expect(try journal.digestsInUse() == [manifest(1).digest, Digest(of: [1])])
    }
}
