import CMessages

/// What of a command the server has taken on.
public struct Accepted: Equatable, Sendable {
    public var rows: Int
    /// As resolved: with its version.
    public var model: ModelReference?

    public init(rows: Int, model: ModelReference? = nil) {
        self.rows = rows
        self.model = model
    }
}

extension Accepted: WireMessage {
    init(_ wire: Bertd__Accepted) throws(MessageError) {
        rows = try Read.number(wire.has_rows, wire.rows, "accepted.rows") ?? 0
        model = try Read.modelReference(wire.has_model, wire.model, "accepted.model")
    }

    func write(to wire: inout Bertd__Accepted, _ arena: Arena) {
        arena.put(rows, &wire.has_rows, &wire.rows)
        arena.put(model?.description, &wire.has_model, &wire.model)
    }
}
