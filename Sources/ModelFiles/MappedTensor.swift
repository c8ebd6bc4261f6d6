/// A named tensor in a mapped file, row-major and little endian; a copy of it is a reference, not a copy of the bytes.
package struct MappedTensor: Sendable {
    package let name: String
    package let dtype: TensorDType
    package let shape: [Int]
    /// The mapping that the bytes lie in.
    package let owner: MappedFile
    /// Where the tensor lies in the file.
    let range: Range<Int>

    /// The bytes as they lie in the file, at any alignment; valid within `body`, or for as long as `owner` is held.
    package func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try owner.withBytes { bytes throws(Failure) in try body(UnsafeRawBufferPointer(rebasing: bytes[range])) }
    }
}
