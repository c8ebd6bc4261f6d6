import Foundation
import TestSupport

/// What Package.swift says about each target, read from its text.
struct Manifest {
    struct Target {
        let name: String
        let folder: String
        let dependencies: Set<String>
    }

    /// Every target with Swift or C of ours; system libraries, which have neither, only in `systemLibraries`.
    let targets: [Target]
    let systemLibraries: Set<String>

    init() throws {
        let text = try String(contentsOf: SharedData.repository.appending(path: "Package.swift"), encoding: .utf8)
        var products: [String: String] = [:]
        for match in text.matches(of: /let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/) {
            products[String(match.1)] = String(match.2)
        }
        systemLibraries = Set(text.matches(of: /\.systemLibrary\(name: "(\w+)"/).map { String($0.1) })
        targets = text.matches(of: /\.(target|executableTarget|testTarget)\(\s*name: "(\w+)"/).map { match in
            let rest = text[match.range.upperBound...].prefix { $0 != ")" }
            let list = rest.firstMatch(of: /dependencies: \[([^\]]*)\]/)?.1 ?? ""
            let names = list.split { ", \n".contains($0) }.map { word in
                word.hasPrefix("\"") ? String(word.dropFirst().dropLast()) : products[String(word)] ?? String(word)
            }
            let path = rest.firstMatch(of: /path: "([^"]*)"/).map { String($0.1) }
            let parent = match.1 == "testTarget" ? "Tests" : "Sources"
            let name = String(match.2)
            return Target(name: name, folder: path ?? "\(parent)/\(name)", dependencies: Set(names))
        }
    }

    /// Modules that exist here; every other import is the toolchain's.
    var ownModules: Set<String> {
        Set(targets.map(\.name)).union(systemLibraries).union(targets.flatMap(\.dependencies))
    }
}
