import BERT

/// A number that tells training data apart: FNV-1a of 64 bits over every id, type and target in order.
enum DataDigest {
    static func of(_ examples: [Example]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ value: Int64) {
            hash = (hash ^ UInt64(bitPattern: value)) &* 0x100_0000_01b3
        }
        for example in examples {
            add(Int64(example.ids.count))
            for (id, type) in zip(example.ids, example.types) { add(Int64(id) << 8 | Int64(type)) }
            for number in numbers(example.target) { add(number) }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func numbers(_ target: Target) -> [Int64] {
        switch target {
        case .label(let label): [1, Int64(label)]
        case .value(let value): [2, Int64(value.bitPattern)]
        case .tags(let tags): [3] + tags.map(Int64.init)
        case .span(let start, let end): [4, Int64(start), Int64(end)]
        case .joint(let label, let tags): [5, Int64(label)] + tags.map(Int64.init)
        case .unknown: [6]
        }
    }
}
