import ArgumentParser
import Foundation
import ModelFiles
import Tasks

/// Output files, by the ending of their name.
enum VectorFile {
    static func check(_ path: String, _ pooling: Pooling?) throws(ValidationError) {
        switch ending(of: path) {
        case "jsonl": break
        case "npy":
            guard pooling != .tokens else {
                throw ValidationError(
                    "--pooling tokens has many vectors a text, expected an --output that ends in .jsonl")
            }
        default: throw ValidationError("--output is '\(path)', expected a name that ends in .npy or .jsonl")
        }
    }

    static func open(_ path: String, _ type: ResultType) throws(Failure) -> any RowOutput {
        let partial = try PartialFile(path)
        return ending(of: path) == "npy"
            ? NPYOutput(partial, type == .float16 ? .float16 : .float32) : try JSONLinesOutput(partial)
    }

    private static func ending(of path: String) -> String { URL(filePath: path).pathExtension.lowercased() }
}
