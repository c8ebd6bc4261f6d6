import Foundation
import Messages
import Tensors

@testable import Worker

/// A model with a head and one lane's workspace: rows in, what they yield out, in micro-batches of a size that a test names.
struct HeadBench {
    let model: ModelInMemory
    private let workspace = LaneWorkspace()

    init(_ folder: URL) throws {
        model = try ModelInMemory(opening: folder, blas: BLAS.open(), kernels: Kernels.select())
    }

    /// - Parameter size: sequences of a micro-batch
    func run(_ options: WorkOptions, _ inputs: [RowInput], size: Int = 3) throws -> [(
        row: PreparedRow, yield: RowYield?
    )] {
        let work = try model.work(options)
        let rows = inputs.map(work.prepare)
        var yields = [RowYield?](repeating: nil, count: rows.count)
        let entries = rows.enumerated().flatMap { index, row in
            row.sequences.indices.map { sequence in
                MicroBatch.Entry(
                    place: MicroBatch.Place(fence: Fence(rawValue: 1), row: index, sequence: sequence), row: row)
            }
        }
        for first in stride(from: 0, to: entries.count, by: size) {
            var batch = MicroBatch(key: BatchKey(model: Leases.model, options: options), model: ServedModel(model))
            for entry in entries[first..<min(first + size, entries.count)] { batch.append(entry) }
            for (entry, yield) in zip(batch.entries, work.compute(batch, on: workspace, team: .alone)) {
                if let yield { yields[entry.place.row] = yield }
            }
        }
        return zip(rows, yields).map { ($0, $1) }
    }

    static func floats(_ bytes: [UInt8]) -> [Float] {
        stride(from: 0, to: bytes.count, by: 4).map { offset in
            bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Float.self) }
        }
    }
}
