import Foundation

extension SafeTensors {
    /// Writes a durable file with the tensors one after another; the same tensors give the same bytes.
    ///
    /// The header is padded with spaces so that the data, and with fp32 alone every tensor, start at a multiple of 8 or 4
    /// bytes; its `format` is what transformers asks for.
    static func write(_ tensors: [OutputTensor], to url: URL) throws(ModelFileError) {
        let file = try OutputFile(creating: url)
        let header = header(of: tensors)
        try file.write(Data((0..<8).map { UInt8(truncatingIfNeeded: header.count >> ($0 * 8)) }) + header)
        for tensor in tensors { try file.write(UnsafeRawBufferPointer(tensor.values)) }
        try file.sync()
    }

    private static func header(of tensors: [OutputTensor]) -> Data {
        var start = 0
        var members = [#""__metadata__":{"format":"pt"}"#]
        for tensor in tensors {
            let end = start + tensor.values.count * MemoryLayout<Float>.size
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            let name = JSONValue.string(tensor.name).text
            members.append(#"\#(name):{"dtype":"F32","shape":[\#(shape)],"data_offsets":[\#(start),\#(end)]}"#)
            start = end
        }
        var header = Data("{\(members.joined(separator: ","))}".utf8)
        while !header.count.isMultiple(of: 8) { header.append(UInt8(ascii: " ")) }
        return header
    }
}
