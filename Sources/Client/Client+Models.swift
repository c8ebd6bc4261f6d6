import Glibc
public import Messages

extension Client {
    /// All versions of one model, or of every model; with another kind of data sets, or of sweeps.
    public func models(
        named name: ModelName? = nil, kind: StoredKind = .model
    ) throws(ClientError) -> [StoredModel] {
        let body = try ask(.listModels(name: name, kind: kind))
        guard case .models(let models) = body else { throw Self.unexpected(body, expected: "models") }
        return models
    }

    /// The version that a reference means: the one it names, or the latest.
    public func resolve(_ reference: ModelReference, kind: StoredKind = .model) throws(ClientError) -> StoredModel {
        let versions = try models(named: reference.name, kind: kind)
        let wanted = reference.version.map { version in versions.first { $0.version == version } }
        guard let model = wanted ?? versions.max(by: { $0.version < $1.version }) else {
            throw .refused(Self.unknown(reference, kind))
        }
        return model
    }

    private static func unknown(_ reference: ModelReference, _ kind: StoredKind) -> ServiceError {
        switch kind {
        case .data: ServiceError(.unknownData, "the service has no data set '\(reference)'", field: "data")
        case .sweep: ServiceError(.unknownObject, "the service has no sweep '\(reference)'", field: "sweep")
        case .model, .unrecognised:
            ServiceError(.unknownModel, "the service has no model '\(reference)'", field: "model")
        }
    }

    /// Gives stored objects a name; a folder that is registered already keeps its version.
    public func register(
        _ name: ModelName, _ manifest: Manifest, kind: StoredKind = .model
    ) throws(ClientError) -> StoredModel {
        let body = try ask(.register(name: name, manifest, kind: kind))
        guard case .model(let model) = body else { throw Self.unexpected(body, expected: "model") }
        return model
    }

    /// - Returns: what was removed
    public func remove(
        _ reference: ModelReference, kind: StoredKind = .model
    ) throws(ClientError) -> [StoredModel] {
        let body = try ask(.removeModel(reference, kind: kind))
        switch body {
        case .models(let models): return models
        case .model(let model): return [model]
        default: throw Self.unexpected(body, expected: "models")
        }
    }

    /// Fetches an object into the file at `path`, in pieces of up to 1 MiB, from where the file ends.
    ///
    /// - Parameters:
    ///   - size, digest: of the whole object
    ///   - progress: told how much of it is there, before and after every piece
    /// - Throws: `damaged`, among others, when the file then has other bytes than the digest promises
    public func get(
        _ digest: Digest, size: Int, to path: String, progress: (_ byteCount: Int) -> Void
    ) throws(ClientError) {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw .unwritable(path: path, reason: String(cString: strerror(errno))) }
        defer { close(file) }
        var hasher = Digest.Hasher()
        var have = try hash(file, path, into: &hasher)
        progress(have)
        while have < size {
            let body = try ask(.get(digest, offset: have))
            guard case .piece(let bytes, ofSize: size) = body, !bytes.isEmpty else {
                throw Self.unexpected(body, expected: "bytes from \(have) of \(size)")
            }
            try write(bytes, to: file, path, at: have)
            hasher.update(bytes)
            have += bytes.count
            progress(have)
        }
        guard hasher.finish() == digest else {
            throw .refused(ServiceError(.damaged, "\(path) has \(have) other bytes than '\(digest)' promises"))
        }
    }

    /// - Returns: bytes that the file has
    private func hash(_ file: Int32, _ path: String, into hasher: inout Digest.Hasher) throws(ClientError) -> Int {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
        let size = Int(status.st_size)
        var offset = 0
        while offset < size {
            let bytes = try piece(of: file, path, at: offset, count: min(Limits.maxPutBytes, size - offset))
            hasher.update(bytes)
            offset += bytes.count
        }
        return size
    }

    private func write(_ bytes: [UInt8], to file: Int32, _ path: String, at offset: Int) throws(ClientError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                pwrite(file, $0.baseAddress?.advanced(by: written), bytes.count - written, off_t(offset + written))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .unwritable(path: path, reason: String(cString: strerror(errno))) }
            written += count
        }
    }

    /// Sends the file at `path` in pieces of 1 MiB, from where the service's copy ends.
    ///
    /// - Parameters:
    ///   - size, digest: of the whole file
    ///   - progress: told how much of the file is there, before and after every piece
    public func put(
        _ path: String, size: Int, digest: Digest, progress: (_ byteCount: Int) -> Void
    ) throws(ClientError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
        defer { close(file) }
        var have = try stored(Put(digest: digest, size: size))
        progress(have)
        while have < size {
            let bytes = try piece(of: file, path, at: have, count: min(Limits.maxPutBytes, size - have))
            let now = try stored(Put(digest: digest, size: size, offset: have, bytes: bytes))
            guard now > have else {
                throw .unexpected(expected: "more than \(have) bytes of \(path) to be there", found: "\(now)")
            }
            have = now
            progress(have)
        }
    }

    private func stored(_ put: Put) throws(ClientError) -> Int {
        let body = try ask(.put(put))
        guard case .stored(let have) = body else { throw Self.unexpected(body, expected: "stored") }
        return have
    }

    private func piece(of file: Int32, _ path: String, at offset: Int, count: Int) throws(ClientError) -> [UInt8] {
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = max(0, pread(file, buffer.baseAddress, count, offset))
        }
        guard !bytes.isEmpty else { throw .unreadable(path: path, reason: "it ends at byte \(offset)") }
        return bytes
    }
}
