package import Foundation

/// A file of fp32 tensors that was written here, opened to be read back.
package struct TensorFile: Sendable {
    private let file: String
    private let tensors: [String: MappedTensor]

    package init(_ url: URL) throws(ModelFileError) {
        file = url.lastPathComponent
        tensors = try SafeTensors(MappedFile(url, name: file)).tensors
    }

    /// Copies a tensor of this shape; `values` has room for just as many numbers.
    package func copy(
        _ name: String, shape: [Int], to values: UnsafeMutableBufferPointer<Float>
    ) throws(ModelFileError) {
        guard let tensor = tensors[name] else { throw .missingTensor(file: file, tensor: name) }
        guard tensor.shape == shape else {
            throw .tensorShape(file: file, tensor: name, expected: shape, found: tensor.shape)
        }
        guard tensor.dtype == .float32 else {
            throw .tensorDType(file: file, tensor: name, expected: [.float32], found: tensor.dtype)
        }
        tensor.withBytes { UnsafeMutableRawBufferPointer(values).copyMemory(from: $0) }
    }
}
