/// What is wrong with a file of a model or of vectors: which file, what was expected, and what was found.
package enum ModelFileError: Error, Equatable, CustomStringConvertible {
    case notAFolder(path: String)
    /// The system refused to open, read or map; `reason` is its own sentence.
    case unreadable(file: String, reason: String)
    case unwritable(file: String, reason: String)
    /// None of `accepted` is there.
    case missingFile(folder: String, accepted: [String])
    /// Weights exist, but only as a Python pickle.
    case pickledWeights(file: String)

    case malformedJSON(file: String, reason: String)
    case missingField(file: String, field: String, expected: String)
    case field(file: String, field: String, expected: String, found: String)
    /// A sentence-transformers module that is not known.
    case unknownModule(file: String, module: String, known: [String])

    case headerCut(file: String, expectedBytes: Int, foundBytes: Int)
    case headerTooLarge(file: String, limit: Int, found: UInt64)
    case tensorCut(file: String, tensor: String, expectedBytes: Int, foundBytes: Int)
    /// A hole or an overlap before a tensor.
    case tensorPlace(file: String, tensor: String, expectedStart: Int, foundStart: Int)
    case tensorSize(file: String, tensor: String, dtype: TensorDType, shape: [Int], foundBytes: Int)
    case trailingBytes(file: String, expectedBytes: Int, foundBytes: Int)

    case missingTensor(file: String, tensor: String)
    case tensorShape(file: String, tensor: String, expected: [Int], found: [Int])
    case tensorDType(file: String, tensor: String, expected: [TensorDType], found: TensorDType)

    /// An `.npy` file that is not one, or not of the kind that is read and written here.
    case array(file: String, expected: String, found: String)

    package var description: String {
        switch self {
        case .notAFolder(let path): "'\(path)' is not a folder, expected the folder of a model"
        case .unreadable(let file, let reason): "cannot read '\(file)': \(reason)"
        case .unwritable(let file, let reason): "cannot write '\(file)': \(reason)"
        case .missingFile(let folder, let accepted):
            "'\(folder)' has no \(accepted.joined(separator: ", nor ")), expected "
                + (accepted.count == 1 ? "this file" : "one of them")
        case .pickledWeights(let file):
            """
            '\(file)' is a Python pickle, expected safetensors: load the model in Python and save it again \
            with save_pretrained, which writes model.safetensors
            """
        case .malformedJSON(let file, let reason): "'\(file)' is not valid JSON: \(reason)"
        case .missingField(let file, let field, let expected):
            "'\(file)' has no field '\(field)', expected \(expected)"
        case .field(let file, let field, let expected, let found):
            "field '\(field)' of '\(file)' is \(found), expected \(expected)"
        case .unknownModule(let file, let module, let known):
            "'\(file)' names the module '\(module)', expected one of \(known.joined(separator: ", "))"
        case .headerCut(let file, let expected, let found):
            "'\(file)' is cut in its header: it has \(found) bytes, expected at least \(expected)"
        case .headerTooLarge(let file, let limit, let found):
            "the header of '\(file)' says it has \(found) bytes, expected at most \(limit)"
        case .tensorCut(let file, let tensor, let expected, let found):
            "'\(file)' is cut in tensor '\(tensor)': it has \(found) bytes, expected at least \(expected)"
        case .tensorPlace(let file, let tensor, let expected, let found):
            "tensor '\(tensor)' of '\(file)' starts at byte \(found) of the data, expected \(expected)"
        case .tensorSize(let file, let tensor, let dtype, let shape, let found):
            "tensor '\(tensor)' of '\(file)' has \(found) bytes, expected those of \(dtype.rawValue) \(shape)"
        case .trailingBytes(let file, let expected, let found):
            "'\(file)' goes on after its last tensor: it has \(found) bytes, expected \(expected)"
        case .missingTensor(let file, let tensor): "'\(file)' has no tensor '\(tensor)', expected by the model"
        case .tensorShape(let file, let tensor, let expected, let found):
            "tensor '\(tensor)' of '\(file)' has shape \(found), expected \(expected)"
        case .tensorDType(let file, let tensor, let expected, let found):
            """
            tensor '\(tensor)' of '\(file)' has type \(found.rawValue), expected one of \
            \(expected.map(\.rawValue).joined(separator: ", "))
            """
        case .array(let file, let expected, let found): "'\(file)' has \(found), expected \(expected)"
        }
    }
}
