import Messages
import Terminal

/// Versions of what has a name in the service.
struct StoredList {
    /// The first column's.
    let title: String
    let models: [StoredModel]

    func show(_ format: Format) {
        switch format {
        case .json: for model in models { Print.json(model.json) }
        case .table:
            var table = Table([.init(title), .init("SIZE", .trailing), .init("ADDED", .trailing), .init("DIGEST")])
            for model in models {
                table.append([
                    model.reference.description, Quantity.bytes(model.byteCount),
                    "\(Print.age(model.registeredAt)) ago",
                    String(model.digest.hex.prefix(12)),
                ])
            }
            Print.table(table)
        }
    }
}
