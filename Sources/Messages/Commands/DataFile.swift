import CMessages

/// A file that a run reads: what it is for, and where it is.
public struct DataFile: Hashable, Sendable {
    /// `train`, `dev`, `dev-mismatched`, `test`: whether it is one of them is for others to say.
    public var role: String
    public var data: DataReference
    /// Of the file in the data set; nil where that has one file.
    public let path: String?

    /// - Throws: when the path could lead out of its folder
    public init(role: String, data: DataReference, path: String? = nil) throws(MessageError) {
        if let path, !ManifestFile.isSafe(path) {
            throw .field("data.path", expected: ManifestFile.safePath, found: "'\(path.prefix(80))'")
        }
        self.role = role
        self.data = data
        self.path = path
    }
}

/// A data set as a command names it.
public enum DataReference: Hashable, Sendable, CustomStringConvertible {
    /// `NAME`, its latest version, or `NAME@VERSION`.
    case named(ModelReference)
    /// Of the manifest of a registered data set.
    case digest(Digest)

    /// 64 hexadecimal digits are a digest, anything else is a name.
    public init(_ string: String) throws(MessageError) {
        if let digest = Digest(hex: string) {
            self = .digest(digest)
        } else {
            self = .named(try ModelReference(string))
        }
    }

    public var description: String {
        switch self {
        case .named(let reference): reference.description
        case .digest(let digest): digest.hex
        }
    }
}

extension DataFile: WireMessage {
    init(_ wire: Bertd__DataFile) throws(MessageError) {
        try Read.onlyKnownFields(wire.base, "data")
        let data = try Read.string(wire.has_data, wire.data, "data.data").required("data.data")
        let reference: DataReference
        do { reference = try DataReference(data) } catch {
            throw .field("data.data", expected: "NAME, NAME@VERSION or a sha256 in hexadecimal", found: "another form")
        }
        try self.init(
            role: try Read.word(wire.has_role, wire.role, "data.role").required("data.role"), data: reference,
            path: try Read.string(wire.has_path, wire.path, "data.path"))
    }

    func write(to wire: inout Bertd__DataFile, _ arena: Arena) {
        arena.put(role, &wire.has_role, &wire.role)
        arena.put(data.description, &wire.has_data, &wire.data)
        arena.put(path, &wire.has_path, &wire.path)
    }
}
