import Messages
import Tasks
import TestSupport

/// Leases for tests.
enum Leases {
    static let model = Digest(of: Array("model".utf8))

    static func lease(
        _ fence: UInt64, _ texts: [Text], priority: Priority = .bulk, firstRow: Int = 0, model: Digest = model,
        pooling: String? = nil, layer: Int? = nil, dtype: String? = nil, isStrict: Bool = false
    ) throws -> Lease {
        Lease(
            fence: Fence(rawValue: fence), jobID: try Identifier("job-\(fence)"), firstRow: firstRow,
            priority: priority, model: model,
            work: .embed(
                Embed(
                    model: try ModelReference("stub"), texts: texts, pooling: pooling, layer: layer, dtype: dtype,
                    isStrict: isStrict)))
    }

    /// Leases of all kinds that the seed names: one or many texts, short and too long ones, empty and invalid ones.
    static func random(count: Int, using generator: inout Seeded) throws -> [Lease] {
        let other = Digest(of: Array("other".utf8))
        return try (0..<count).map { number in
            let most = Bool.random(using: &generator) ? 1 : 30
            let texts = (0..<Int.random(in: 1...most, using: &generator)).map { _ in text(using: &generator) }
            return try lease(
                UInt64(number) + 1, texts, priority: .random(using: &generator),
                firstRow: Int.random(in: 0...1000, using: &generator),
                model: Bool.random(using: &generator) ? model : other,
                pooling: ["tokens", "mean", nil].randomElement(using: &generator) ?? nil,
                dtype: Int.random(in: 0..<4, using: &generator) == 0 ? "float16" : nil)
        }
    }

    private static func text(using generator: inout Seeded) -> Text {
        if Int.random(in: 0..<20, using: &generator) == 0 { return StubModel.invalidText }
        let length = Int.random(in: 0...90, using: &generator)
        return Text(bytes: (0..<length).map { _ in UInt8.random(in: 0x20...0x7E, using: &generator) })
    }
}

extension Lease {
    /// What every lease of these tests asks for.
    var embed: Embed {
        guard case .embed(let embed) = work else { preconditionFailure("a lease of \(work.kind), expected embed") }
        return embed
    }
}

extension Priority {
    fileprivate static func random(using generator: inout Seeded) -> Priority {
        Bool.random(using: &generator) ? .interactive : .bulk
    }
}

extension Lease {
    /// The texts of an embedding lease.
    var texts: [Text] {
        if case .embed(let embed) = work { embed.texts } else { [] }
    }
}

extension EmbeddingOptions {
    init(of lease: Lease) throws {
        guard case .embed(let embed) = lease.work else { throw ServiceError(.unsupported, "no embedding") }
        try self.init(pooling: embed.pooling, layer: embed.layer, dtype: embed.dtype, strict: embed.isStrict)
    }
}
