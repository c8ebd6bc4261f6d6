import Client
import Messages
import ModelFiles

/// One `.npy` array, `[texts, width]`.
final class NPYOutput: RowOutput {
    private let file: PartialFile
    private let element: NPYElement
    private var writer: NPYWriter?

    init(_ file: PartialFile, _ element: NPYElement) {
        self.file = file
        self.element = element
    }

    func append(_ result: JobResult, rows: [InputRow], firstRow: Int) throws {
        guard let width = result.width, width > 0, result.bytes.count == result.rowsDone * width * element.byteCount
        else {
            throw ClientError.unexpected(expected: "vectors of type \(element)", found: "\(result.bytes.count) bytes")
        }
        if writer == nil { writer = try NPYWriter(appendingTo: file.aside, element: element, width: width) }
        try writer?.append(result.bytes.span.bytes)
    }

    func finish() throws {
        guard let writer = writer.take() else { return }
        try writer.finish()
        try file.complete()
    }
}
