import CKernels

/// A row-major fp32 matrix, `[rows, columns]` without gaps, whose memory is kept and used again when its size changes.
///
/// It belongs to one lane, or to the lanes of one `Team.run` that write disjoint parts of it.
package final class Matrix {
    package private(set) var rows = 0
    package private(set) var columns = 0
    private var capacity = 0
    private var block = FloatBlock(count: 0)

    package init() {}

    package init(rows: Int, columns: Int) { resize(rows: rows, columns: columns) }

    /// The first element; row r starts `r * columns` further.
    package var elements: UnsafeMutablePointer<Float> { block.base }

    /// Bytes held, for the greatest size so far.
    package var byteCount: Int { capacity * MemoryLayout<Float>.stride }

    /// Contents are undefined afterwards. Allocates only beyond the greatest size so far.
    package func resize(rows: Int, columns: Int) {
        precondition(rows >= 0 && columns >= 0, "a matrix of [\(rows), \(columns)]")
        if rows * columns > capacity {
            capacity = rows * columns
            block = FloatBlock(count: capacity)
        }
        self.rows = rows
        self.columns = columns
    }

    /// All elements, row after row.
    package var buffer: UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: elements, count: rows * columns)
    }

    package subscript(row: Int) -> UnsafeMutableBufferPointer<Float> {
        precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
        return UnsafeMutableBufferPointer(start: elements + row * columns, count: columns)
    }

    /// The bytes of some rows, little-endian; `type` is fp32 or fp16 (rounded to nearest even).
    package func bytes(rows range: Range<Int>, as type: ElementType) -> [UInt8] {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
        precondition(type != .bfloat16, "a result of type \(type)")
        let count = range.count * columns
        let source = elements + range.lowerBound * columns
        return [UInt8](unsafeUninitializedCapacity: count * type.byteCount) { bytes, initialized in
            let raw = UnsafeMutableRawBufferPointer(bytes)
            if type == .float32 {
                raw.copyMemory(from: UnsafeRawBufferPointer(start: source, count: count * type.byteCount))
            } else {
                raw.withMemoryRebound(to: UInt16.self) { ck_float_to_half(source, count, $0.baseAddress) }
            }
            initialized = count * type.byteCount
        }
    }
}
