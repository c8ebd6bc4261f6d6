import Messages

/// Random values of every message, from a seed.
struct Samples: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64 (Steele, Lea and Flood 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    mutating func bool() -> Bool { Bool.random(using: &self) }

    /// Zero, small, and the largest in turn.
    mutating func number(upTo limit: Int = 1 << 53) -> Int {
        switch next() % 4 {
        case 0: 0
        case 1: limit
        case 2: Int.random(in: 0...min(200, limit), using: &self)
        default: Int.random(in: 0...limit, using: &self)
        }
    }

    mutating func maybe<Value>(_ make: (inout Samples) throws -> Value) rethrows -> Value? {
        bool() ? try make(&self) : nil
    }

    mutating func many<Value>(upTo limit: Int = 4, _ make: (inout Samples) throws -> Value) rethrows -> [Value] {
        var values: [Value] = []
        for _ in 0..<Int.random(in: 0...limit, using: &self) { values.append(try make(&self)) }
        return values
    }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[Int(next() % UInt64(values.count))] }

    mutating func name(_ signs: String, upTo limit: Int = 128) -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" + signs)
        return String((0..<Int.random(in: 1...limit, using: &self)).map { _ in pick(alphabet) })
    }

    mutating func identifier() throws -> Identifier { try Identifier(name("._:-")) }
    mutating func modelName() throws -> ModelName { try ModelName(name("._-")) }
    mutating func reference() throws -> ModelReference {
        ModelReference(name: try modelName(), version: maybe { $0.number(upTo: Int(UInt32.max) - 1) + 1 })
    }
    mutating func address() throws -> JobAddress {
        JobAddress(clientID: try identifier(), group: try maybe { try $0.identifier() }, jobID: try identifier())
    }

    mutating func string() -> String {
        pick(["", "plain", "two\nlines", "nul\u{0}inside", "é 中文 👩‍👩‍👧", String(repeating: "long ", count: 100)])
    }

    mutating func digest() -> Digest { Digest(of: bytes()) }
    mutating func bytes() -> [UInt8] { many(upTo: 40) { UInt8(truncatingIfNeeded: $0.next()) } }
    mutating func time() -> UnixTime { UnixTime(microseconds: Int64(number())) }
    mutating func milliseconds() -> Duration { .milliseconds(number(upTo: Int(UInt32.max))) }
    mutating func microseconds() -> Duration { .microseconds(Int64(number())) }

    mutating func error() -> ServiceError {
        ServiceError(
            pick(ErrorCode.allCases), string(), field: maybe { $0.string() }, retryAfter: maybe { $0.milliseconds() },
            file: maybe { $0.string() }, line: maybe { $0.number() })
    }

    mutating func usage() -> Usage {
        Usage(
            rows: number(), tokens: number(), textBytes: number(), truncatedRows: number(), rejectedRows: number(),
            computeTime: microseconds())
    }
}
