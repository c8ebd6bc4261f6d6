import Foundation
import TestSupport
import Testing

/// The rules of the house that a compiler does not know.
@Suite struct TidyTests {
    private let manifest: Manifest
    private let sources: [SourceFile]
    private let tests: [SourceFile]

    init() throws {
        manifest = try Manifest()
        sources = try SourceFile.all(under: "Sources", endings: [".swift", ".c", ".h"])
            .filter { !$0.path.contains(".pb-c.") }
        tests = try SourceFile.all(under: "Tests", endings: [".swift", ".py", ".sh", ".c"])
    }

    @Test func everyImportIsOneThatTheManifestAllows() throws {
        #expect(manifest.targets.count > 20)
        let ownModules = manifest.ownModules
        for target in manifest.targets {
            for file in try SourceFile.all(under: target.folder, endings: [".swift"]) {
                for module in file.imports where ownModules.contains(module) {
                    let allowed = target.dependencies
                    #expect(allowed.contains(module), "\(file.path): \(module) is not one of \(allowed.sorted())")
                }
            }
        }
    }

    @Test func everyDependencyIsImportedSomewhere() throws {
        for target in manifest.targets {
            let files = try SourceFile.all(under: target.folder, endings: [".swift", ".c", ".h"])
            // A room that is not written yet needs nothing.
            guard files.contains(where: { $0.path.hasSuffix(".swift") }) else { continue }
            let unused = target.dependencies.subtracting(files.flatMap(\.imports))
            #expect(unused.isEmpty, "\(target.name) depends on \(unused.sorted()) and imports none of it")
        }
    }

    @Test func oneFileSpeaksToOpenBLAS() {
        let files = sources.filter { $0.lines.contains { $0.contains("cblas_") } }.map(\.path)
        #expect(files.count <= 1, "cblas_ is named in \(files)")
    }

    @Test func nothingIsLeftForLater() {
        // Written in two parts, so that this file does not find itself.
        let marks = Set(["TO" + "DO", "FIX" + "ME", "X" + "XX"])
        for file in sources + tests {
            for (number, line) in file.lines.enumerated() {
                let words = line.split { !$0.isLetter }.map(String.init)
                #expect(marks.isDisjoint(with: words), "\(file.path):\(number + 1): \(line)")
            }
        }
    }

    @Test func inputNeverMeetsATrapThatIsWritten() {
        let traps = ["try!", "as!", "fatalError("]  // Words that are looked for: each ends the program on bad input.
        for file in sources where file.path.hasSuffix(".swift") {
            for (number, line) in file.lines.enumerated() where !line.contains("//") {
                #expect(!traps.contains { line.contains($0) }, "\(file.path):\(number + 1): \(line)")
            }
        }
    }

    /// Long files and functions are printed, longest first: a reason to look, not to fail.
    @Test func longFilesAndFunctionsAreListed() {
        let files = sources.filter { $0.lines.count > 200 }.sorted { $0.lines.count > $1.lines.count }
        for file in files.prefix(20) { print("\(file.lines.count) lines  \(file.path)") }
        let functions = sources.flatMap { file in
            file.functions.filter { $0.length > 40 }.map { (file.path, $0) }
        }
        for (path, function) in functions.sorted(by: { $0.1.length > $1.1.length }).prefix(20) {
            print("\(function.length) lines  \(path):\(function.line) \(function.name)")
        }
        #expect(!sources.isEmpty)
    }

    @Test func theTopLevelHoldsOnlyWhatAVisitorLooksFor() throws {
        let expected: Set = [
            "Package.swift", "Sources", "Protos", "Tests", "docker", "README.md", "Makefile", "LICENSE",
        ]
        // What a build leaves there is not of the repository.
        let left: Set = ["Package.resolved", "dist"]
        let names = try FileManager.default.contentsOfDirectory(atPath: SharedData.repository.path)
            .filter { !$0.hasPrefix(".") }
        #expect(Set(names).subtracting(expected).subtracting(left) == [])
    }
}
