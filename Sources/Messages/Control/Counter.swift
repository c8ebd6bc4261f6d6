import CMessages

/// Something that the server counts since its start.
public struct Counter: Equatable, Sendable {
    public var name: String
    public var value: Int

    public init(name: String, value: Int) {
        self.name = name
        self.value = value
    }
}

extension Counter: WireMessage {
    init(_ wire: Bertd__Counter) throws(MessageError) {
        name = try Read.string(wire.has_name, wire.name, "counter.name") ?? ""
        value = try Read.number(wire.has_value, wire.value, "counter.value") ?? 0
    }

    func write(to wire: inout Bertd__Counter, _ arena: Arena) {
        arena.put(name, &wire.has_name, &wire.name)
        arena.put(value, &wire.has_value, &wire.value)
    }
}
