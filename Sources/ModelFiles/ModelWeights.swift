import Foundation

/// The named weights of a folder: one safetensors file, or shards that an index names.
package struct ModelWeights: Sendable {
    static let single = "model.safetensors"
    static let index = "model.safetensors.index.json"
    static let pickled = "pytorch_model.bin"

    /// The file, or the index of the shards.
    private let file: String
    private let tensors: [String: MappedTensor]

    /// - Parameter path: the folder of the weights within the model's folder; empty for the folder itself
    init(in folder: FolderFiles, path: String) throws(ModelFileError) {
        let single = folder.join(path, Self.single)
        let index = folder.join(path, Self.index)
        if folder.has(single) {
            file = single
            tensors = try folder.safeTensors(single).tensors
        } else if folder.has(index) {
            file = index
            tensors = try Self.shards(in: folder, path: path, index: index)
        } else if folder.has(folder.join(path, Self.pickled)) {
            throw .pickledWeights(file: folder.join(path, Self.pickled))
        } else {
            throw .missingFile(folder: folder.url(path).path, accepted: [Self.single, Self.index])
        }
    }

    /// The tensors that `index` names, each in the shard where it says.
    private static func shards(
        in folder: FolderFiles, path: String, index: String
    ) throws(ModelFileError) -> [String: MappedTensor] {
        let map = try folder.object(index).object("weight_map")
        var opened: [String: SafeTensors] = [:]
        var tensors: [String: MappedTensor] = [:]
        for name in map.members.keys.sorted() {
            let fileName = try map.string(name)
            guard !fileName.isEmpty, !fileName.contains("/") else {
                throw map.wrong(name, expected: "the name of a file beside the index")
            }
            let file = folder.join(path, fileName)
            if opened[file] == nil { opened[file] = try folder.safeTensors(file) }
            guard let tensor = opened[file]?.tensors[name] else { throw .missingTensor(file: file, tensor: name) }
            tensors[name] = tensor
        }
        return tensors
    }

    package func contains(_ name: String) -> Bool { find(name) != nil }

    /// The tensor of a parameter, by Hugging Face's name of it in a bare `BertModel`.
    ///
    /// A model saved with a head has the prefix `bert.`, and one converted from TensorFlow calls weight and bias of a
    /// LayerNorm gamma and beta: both are found under the plain name. What else the file holds is left alone.
    package func tensor(_ name: String, shape: [Int]) throws(ModelFileError) -> MappedTensor {
        guard let tensor = find(name) else {
            throw .missingTensor(file: file, tensor: name)
        }
        guard tensor.shape == shape else {
            throw .tensorShape(file: tensor.owner.name, tensor: tensor.name, expected: shape, found: tensor.shape)
        }
        guard TensorDType.weights.contains(tensor.dtype) else {
            throw .tensorDType(
                file: tensor.owner.name, tensor: tensor.name, expected: TensorDType.weights, found: tensor.dtype)
        }
        return tensor
    }

    private func find(_ name: String) -> MappedTensor? {
        let converted = name.replacing("LayerNorm.weight", with: "LayerNorm.gamma")
            .replacing("LayerNorm.bias", with: "LayerNorm.beta")
        return tensors[name] ?? tensors["bert." + name] ?? tensors[converted] ?? tensors["bert." + converted]
    }
}
