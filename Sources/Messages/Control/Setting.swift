import CMessages

/// An option of the server and the value in force.
public struct Setting: Equatable, Sendable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

extension Setting: WireMessage {
    init(_ wire: Bertd__Setting) throws(MessageError) {
        name = try Read.string(wire.has_name, wire.name, "setting.name") ?? ""
        value = try Read.string(wire.has_value, wire.value, "setting.value") ?? ""
    }

    func write(to wire: inout Bertd__Setting, _ arena: Arena) {
        arena.put(name, &wire.has_name, &wire.name)
        arena.put(value, &wire.has_value, &wire.value)
    }
}
