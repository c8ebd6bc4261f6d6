import CMessages

/// Published on the very topic whose subscription has just become live.
public struct Welcome: Equatable, Sendable {
    public var serverVersion: String
    public var protocolVersion: Int
    /// The oldest event that can be replayed.
    public var firstSeq: Int
    public var maxCommandBytes: Int

    public init(serverVersion: String, protocolVersion: Int, firstSeq: Int, maxCommandBytes: Int) {
        self.serverVersion = serverVersion
        self.protocolVersion = protocolVersion
        self.firstSeq = firstSeq
        self.maxCommandBytes = maxCommandBytes
    }
}

extension Welcome: WireMessage {
    init(_ wire: Bertd__Welcome) throws(MessageError) {
        serverVersion = try Read.string(wire.has_server_version, wire.server_version, "welcome.server_version") ?? ""
        protocolVersion = try Read.number(wire.has_protocol, wire.protocol, "welcome.protocol") ?? 0
        firstSeq = try Read.number(wire.has_first_seq, wire.first_seq, "welcome.first_seq") ?? 0
        maxCommandBytes =
            try Read.number(
                wire.has_max_command_bytes, wire.max_command_bytes, "welcome.max_command_bytes") ?? 0
    }

    func write(to wire: inout Bertd__Welcome, _ arena: Arena) {
        arena.put(serverVersion, &wire.has_server_version, &wire.server_version)
        arena.put(protocolVersion, &wire.has_protocol, &wire.protocol)
        arena.put(firstSeq, &wire.has_first_seq, &wire.first_seq)
        arena.put(maxCommandBytes, &wire.has_max_command_bytes, &wire.max_command_bytes)
    }
}
