import Foundation
import JobQueue
import Journal
import Messages
import Testing

@Suite struct OpeningTests {
    let scratch = Scratch()

    private var database: URL { scratch.folder.appending(path: "journal.sqlite") }

    @Test func everyStartCountsAndTheLogKeepsItsName() throws {
        let first = try (scratch.open().logID, 1)
        for boot in 2...4 {
            let journal = try scratch.open()
            #expect(journal.boot == UInt32(boot))
            #expect(journal.logID == first.0)
        }
        #expect(try Scratch().open().logID != first.0)
    }

    @Test func nobodyElseMayLookIn() throws {
        try FileManager.default.createDirectory(
            at: scratch.folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        _ = try scratch.open()
        let attributes = try FileManager.default.attributesOfItem(atPath: scratch.folder.path)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
    }

    @Test func aFolderInUseIsRefusedWithTheProcessThatUsesIt() throws {
        let journal = try scratch.open()
        let pid = "\(ProcessInfo.processInfo.processIdentifier)"
        #expect(throws: JournalError.inUse(folder: scratch.folder.path, pid: pid)) { try scratch.open() }
        #expect(journal.boot == 1)
    }

    @Test func aNewerVersionIsRefusedAndBothAreNamed() throws {
        _ = try scratch.open()
        var bytes = try Data(contentsOf: database)
        // The format of SQLite: `user_version` is the big-endian number at byte 60.
        #expect(bytes[60..<64] == Data([0, 0, 0, 3]))
        bytes[62] = 1
        try bytes.write(to: database)
        #expect(throws: JournalError.newerVersion(found: 259, supported: 3)) { try scratch.open() }
        #expect("\(JournalError.newerVersion(found: 259, supported: 3))".contains("version 259"))
    }

    @Test func aFileThatIsNoDatabaseIsDamaged() throws {
        _ = try scratch.open()
        try Data(repeating: 7, count: 10_000).write(to: database)
        #expect { try scratch.open() } throws: { error in
            if case JournalError.damaged = error { true } else { false }
        }
    }

    @Test func aDatabaseThatWasCutIsDamaged() throws {
        var journal: Journal? = try scratch.open()
        for step in 0..<50 {
            let frame = [UInt8](repeating: 1, count: 5000)
            _ = try journal?.commit([.accept(record("j\(step)", frame: frame), frame: frame)], at: .at(step))
        }
        journal = nil
        let bytes = try Data(contentsOf: database)
        try bytes.prefix(bytes.count / 2 / 4096 * 4096).write(to: database)
        #expect { try scratch.open() } throws: { error in
            if case JournalError.damaged = error { true } else { false }
        }
    }

    @Test(arguments: [
        ("/var/lib/bertd", "nfs4", true), ("/var/lib", "ext4", false), ("/", "ext4", false),
        ("/mnt/a b/c", "cifs", true),
        ("/home/x", "fuse.sshfs", true), ("/homes", "ext4", false), ("/again", "xfs", false),
    ])
    func theFileSystemOfAPathIsFound(path: String, kind: String, isRemote: Bool) {
        let systems = FileSystems(
            mounts: #"""
                22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
                30 22 0:40 / /var/lib/bertd rw master:3 shared:7 - nfs4 host:/export rw
                31 22 0:41 / /mnt/a\040b rw - cifs //host/share rw
                32 22 0:42 / /home rw - fuse.sshfs host: rw
                33 22 0:43 / /again rw - nfs host:/x rw
                34 22 8:2 / /again rw - xfs /dev/sdb rw
                broken line
                """#)
        #expect(systems.kind(of: path) == kind)
        #expect(FileSystems.isRemote(kind) == isRemote)
    }

    @Test func withoutAMountNoKindIsKnown() {
        #expect(FileSystems(mounts: "").kind(of: "/x") == nil)
    }
}
