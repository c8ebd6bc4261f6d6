import BERT
import Tensors

/// The memory that a lane computes in, kept from one micro-batch to the next.
package final class LaneWorkspace {
    var batch = PackedBatch()
    let encoder = Workspace()
    let head = HeadWorkspace()
    /// Vectors, `[rows, width]`; a dense layer reads one and writes the other.
    let pooled = Matrix()
    let projected = Matrix()
    /// `[tokens, hidden]` without the rows of prompts.
    private let rest = Matrix()

    package init() {}

    /// Makes `batch` of the sequences of a micro-batch.
    func load(_ micro: MicroBatch) {
        batch.removeAll()
        for entry in micro.entries { batch.append(ids: entry.sequence.ids, types: entry.sequence.types) }
    }

    /// The rows of the batch that pooling sees, and where each sequence starts among them.
    ///
    /// - Parameter tokenCount: rows to leave out at the beginning of each sequence; its last row always stays
    func withoutPrompt(_ hidden: Matrix, tokenCount: Int) -> (rows: Matrix, starts: [Int32]) {
        guard tokenCount > 0 else { return (hidden, batch.starts) }
        let kept = (0..<batch.count).map { sequence in
            let rows = batch.rows(of: sequence)
            return rows.dropFirst(min(tokenCount, rows.count - 1))
        }
        var count = 0
        var starts: [Int32] = [0]
        for rows in kept {
            count += rows.count
            starts.append(Int32(count))
        }
        rest.resize(rows: count, columns: hidden.columns)
        for (index, row) in kept.joined().enumerated() { _ = rest[index].update(fromContentsOf: hidden[row]) }
        return (rest, starts)
    }
}
