import Foundation

/// A safetensors file, mapped and checked: named tensors that point into the mapping.
///
///     0        8                 8 + n                              end of file
///     ├────────┼─────────────────┼──────────┬──────────┬─── … ──────┤
///     │ n: u64 │ JSON, n bytes   │ tensor   │ tensor   │            │   little endian, row-major
///     └────────┴─────────────────┴──────────┴──────────┴────────────┘
///
/// Each member of the header is `name: {dtype, shape, data_offsets: [start, end]}`, with offsets from the end of the
/// header; `__metadata__` holds strings. The tensors fill the rest of the file with neither hole nor overlap, so that a
/// file is accepted only where every byte of it has one meaning. Nothing is assumed of their alignment.
///
/// Reference: the format's page, https://github.com/huggingface/safetensors#format
struct SafeTensors: Sendable {
    /// The format's own limit to the header, in bytes.
    static let headerLimit = 100_000_000

    let tensors: [String: MappedTensor]

    init(_ file: MappedFile) throws(ModelFileError) {
        let dataStart = try Self.dataStart(of: file)
        let header = try JSONObject(parsing: file.withBytes { Data($0[8..<dataStart]) }, file: file.name)
        var entries: [Entry] = []
        for name in header.members.keys where name != "__metadata__" {
            entries.append(try Entry(name, header.object(name)))
        }
        entries.sort { ($0.start, $0.end, $0.name) < ($1.start, $1.end, $1.name) }
        try Self.check(entries, fill: file, from: dataStart)
        tensors = Dictionary(
            uniqueKeysWithValues: entries.map { entry in
                let range = dataStart + entry.start..<dataStart + entry.end
                return (
                    entry.name,
                    MappedTensor(
                        name: entry.name, dtype: entry.dtype, shape: entry.shape, owner: file, range: range)
                )
            })
    }

    /// The end of the header, which lies in the file.
    private static func dataStart(of file: MappedFile) throws(ModelFileError) -> Int {
        guard file.byteCount >= 8 else {
            throw .headerCut(file: file.name, expectedBytes: 8, foundBytes: file.byteCount)
        }
        let length = file.withBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
        guard length <= headerLimit else {
            throw .headerTooLarge(file: file.name, limit: headerLimit, found: length)
        }
        let dataStart = 8 + Int(length)
        guard dataStart <= file.byteCount else {
            throw .headerCut(file: file.name, expectedBytes: dataStart, foundBytes: file.byteCount)
        }
        return dataStart
    }

    /// That `entries`, in the order of their starts, fill the data one after another to the end of the file.
    private static func check(_ entries: [Entry], fill file: MappedFile, from dataStart: Int) throws(ModelFileError) {
        var next = 0
        for entry in entries {
            guard entry.start == next else {
                throw .tensorPlace(
                    file: file.name, tensor: entry.name, expectedStart: next, foundStart: entry.start)
            }
            guard entry.end <= file.byteCount - dataStart else {
                let end = dataStart.addingReportingOverflow(entry.end)
                throw .tensorCut(
                    file: file.name, tensor: entry.name, expectedBytes: end.overflow ? .max : end.partialValue,
                    foundBytes: file.byteCount)
            }
            next = entry.end
        }
        guard dataStart + next == file.byteCount else {
            throw .trailingBytes(file: file.name, expectedBytes: dataStart + next, foundBytes: file.byteCount)
        }
    }
}

extension SafeTensors {
    /// One tensor as the header describes it; its offsets agree with its type and shape.
    private struct Entry {
        let name: String
        let dtype: TensorDType
        let shape: [Int]
        let start: Int
        let end: Int

        init(_ name: String, _ object: JSONObject) throws(ModelFileError) {
            guard let dtype = TensorDType(rawValue: try object.string("dtype")) else {
                let known = TensorDType.allCases.map(\.rawValue).joined(separator: ", ")
                throw object.wrong("dtype", expected: "one of \(known)")
            }
            let shape = try object.sizes("shape")
            let offsets = try object.sizes("data_offsets")
            guard offsets.count == 2, offsets[0] <= offsets[1] else {
                throw .field(
                    file: object.file, field: object.prefix + "data_offsets", expected: "a start and an end after it",
                    found: "\(offsets)")
            }
            guard Self.byteCount(dtype, shape) == offsets[1] - offsets[0] else {
                throw .tensorSize(
                    file: object.file, tensor: name, dtype: dtype, shape: shape, foundBytes: offsets[1] - offsets[0])
            }
            self.name = name
            self.dtype = dtype
            self.shape = shape
            start = offsets[0]
            end = offsets[1]
        }

        /// Nothing where the product does not fit.
        private static func byteCount(_ dtype: TensorDType, _ shape: [Int]) -> Int? {
            var count = dtype.byteCount
            for size in shape {
                let product = count.multipliedReportingOverflow(by: size)
                guard !product.overflow else { return nil }
                count = product.partialValue
            }
            return count
        }
    }
}
