import CSodium

/// A SHA-256 digest: what names stored bytes and compares commands.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
    private let words: SIMD32<UInt8>

    fileprivate init(_ words: SIMD32<UInt8>) { self.words = words }

    /// The digest of bytes that are all at hand; about 300 MB/s.
    public init(of bytes: UnsafeRawBufferPointer) {
        var hasher = Hasher()
        hasher.update(bytes)
        self = hasher.finish()
    }

    public init(of bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { Digest(of: $0) }
    }

    /// Nil unless there are 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        words = SIMD32(bytes)
    }

    /// Nil unless `hex` is 64 digits of either case.
    public init?(hex: String) {
        let digits = Array(hex.utf8)
        guard digits.count == 64 else { return nil }
        var words = SIMD32<UInt8>()
        for index in 0..<32 {
            guard let high = Self.value(ofDigit: digits[2 * index]),
                let low = Self.value(ofDigit: digits[2 * index + 1])
            else { return nil }
            words[index] = high << 4 | low
        }
        self.words = words
    }

    private static func value(ofDigit digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    func withUnsafeBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        Swift.withUnsafeBytes(of: words, body)
    }

    /// 64 lower-case digits.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return withUnsafeBytes { bytes in
            String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
        }
    }

    public var description: String { hex }

    /// Takes bytes in pieces and gives the digest of them all.
    public struct Hasher {
        private var state = crypto_hash_sha256_state()

        public init() {
            crypto_hash_sha256_init(&state)
        }

        public mutating func update(_ bytes: UnsafeRawBufferPointer) {
            crypto_hash_sha256_update(
                &state, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
        }

        public mutating func update(_ bytes: [UInt8]) {
            bytes.withUnsafeBytes { update($0) }
        }

        public consuming func finish() -> Digest {
            var bytes = [UInt8](repeating: 0, count: 32)
            crypto_hash_sha256_final(&state, &bytes)
            return Digest(SIMD32(bytes))
        }
    }
}
