import Foundation
import TestSupport

/// One file of ours, as its lines.
struct SourceFile {
    /// From the root of the repository.
    let path: String
    let lines: [Substring]

    /// The files under `folder` whose names end so, in order of their paths.
    static func all(under folder: String, endings: [String]) throws -> [SourceFile] {
        let root = SharedData.repository.appending(path: folder).path
        let paths = (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? [])
            .filter { path in endings.contains { path.hasSuffix($0) } }
        return try paths.sorted().map { path in
            let text = try String(contentsOf: URL(filePath: root).appending(path: path), encoding: .utf8)
            return SourceFile(
                path: "\(folder)/\(path)", lines: text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }

    /// Modules that the file imports.
    var imports: [String] {
        lines.filter { $0.contains("import ") }.compactMap { line in
            let words = line.split(separator: " ")
            guard let keyword = words.firstIndex(of: "import") else { return nil }
            let isStatement = words[..<keyword].allSatisfy { $0.hasPrefix("@") || Self.accessLevels.contains($0) }
            // `import struct Module.Name` says what it takes first.
            guard isStatement, let last = words.last, words.count - keyword <= 3 else { return nil }
            return last.split(separator: ".").first.map(String.init)
        }
    }

    private static let accessLevels: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]

    /// The functions of the file that swift-format laid out, with their lengths from first line to closing brace.
    var functions: [(name: String, line: Int, length: Int)] {
        lines.indices.compactMap { start in
            let line = lines[start]
            guard line.contains("func ") || line.contains("init"),
                let match = line.firstMatch(of: /^( *)(?:[@\w()]+ )*(?:func (\S+?)|init)[?(<]/),
                let end = lines[start...].firstIndex(where: { $0 == match.1 + "}" })
            else { return nil }
            return (String(match.2 ?? "init"), start + 1, end - start + 1)
        }
    }
}
