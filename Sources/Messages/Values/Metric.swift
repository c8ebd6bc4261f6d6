import CMessages

/// A score by its name.
public struct Metric: Equatable, Sendable {
    public var name: String
    /// Nil where it is not defined for the data; never infinite and never "not a number".
    public let value: Double?

    public init(name: String, value: Double?) {
        self.name = name
        self.value = value.flatMap { $0.isFinite ? $0 : nil }
    }
}

extension Metric: WireMessage {
    init(_ wire: Bertd__Metric) throws(MessageError) {
        self.init(
            name: try Read.string(wire.has_name, wire.name, "metric.name") ?? "",
            value: Read.present(wire.has_value, wire.value))
    }

    func write(to wire: inout Bertd__Metric, _ arena: Arena) {
        arena.put(name, &wire.has_name, &wire.name)
        arena.put(value, &wire.has_value, &wire.value)
    }
}
