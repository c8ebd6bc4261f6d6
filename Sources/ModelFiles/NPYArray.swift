package import Foundation

/// A whole `.npy` file of floats in memory.
package struct NPYArray: Sendable, Equatable {
    package let element: NPYElement
    package let shape: [Int]
    /// Row-major; float16 widened exactly.
    package let values: [Float]

    package init(contentsOf url: URL) throws(ModelFileError) {
        let file = try MappedFile(url, name: url.lastPathComponent)
        let (header, start) = try NPYHeader.decode(file)
        var expected = header.element.byteCount
        for size in header.shape {
            let product = expected.multipliedReportingOverflow(by: size)
            expected = product.overflow ? .max : product.partialValue
        }
        guard expected == file.byteCount - start else {
            throw .array(
                file: file.name, expected: "\(expected) bytes for the shape \(header.shape)",
                found: "\(file.byteCount - start) bytes of elements")
        }
        element = header.element
        shape = header.shape
        values = file.withBytes { bytes in
            stride(from: start, to: bytes.count, by: header.element.byteCount).map { offset in
                switch header.element {
                case .float32:
                    Float(
                        bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
                case .float16:
                    Float(
                        Float16(
                            bitPattern: UInt16(
                                littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))))
                }
            }
        }
    }
}
