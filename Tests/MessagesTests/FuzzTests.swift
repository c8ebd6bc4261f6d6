import Foundation
import Messages
import Testing

/// No frame, however broken, does anything but fail to decode; what does decode survives another round trip.
///
/// `BERTD_FUZZ_COUNT` frames, 100 000 without it.
struct FuzzTests {
    private static let parts: UInt64 = 10
    private static let count =
        (ProcessInfo.processInfo.environment["BERTD_FUZZ_COUNT"].flatMap(Int.init) ?? 100_000) / Int(parts)

    @Test(arguments: 0..<parts)
    func aBrokenFrameNeverCrashesADecoder(seed: UInt64) throws {
        var samples = Samples(seed: seed)
        var corpus: [[UInt8]] = []
        var decoded = 0
        for round in 0..<Self.count {
            if round % 200 == 0 { corpus = try Self.frames(&samples) }
            let index = Int(samples.next() % UInt64(corpus.count))
            let frame = samples.mutated(corpus[index], with: samples.pick(corpus))
            // Most often its own decoder, which the frame gets deep into; sometimes another's.
            let decoder = samples.next() % 8 == 0 ? Int(samples.next() % 7) : index
            if try Self.decode(frame, decoder) { decoded += 1 }
        }
        #expect(decoded > 0, "expected some of \(Self.count) mutated frames to decode, seed \(seed)")
    }

    /// One frame for each decoder, in the order of `decode`.
    private static func frames(_ samples: inout Samples) throws -> [[UInt8]] {
        [
            try samples.command().encoded(), try samples.event().encoded(), try samples.request().encoded(),
            try samples.reply().encoded(), try samples.fromWorker().encoded(), try samples.fromBroker().encoded(),
            try samples.manifest().encoded(),
        ]
    }

    private static func decode(_ frame: [UInt8], _ decoder: Int) throws -> Bool {
        switch decoder {
        case 0:
            guard case .command(let command) = Command.decode(frame) else { return false }
            #expect(Command.decode(command.encoded()) == .command(command))
            return true
        case 1:
            return try survives(frame) {
                try Event(decoding: $0)
            } encode: {
                $0.encoded()
            }
        case 2:
            return try survives(frame) {
                try Request.decode($0)
            } encode: {
                $0.encoded()
            }
        case 3:
            return try survives(frame) {
                try Reply(decoding: $0)
            } encode: {
                $0.encoded()
            }
        case 4:
            return try survives(frame) {
                try FromWorker(decoding: $0)
            } encode: {
                $0.encoded()
            }
        case 5:
            return try survives(frame) {
                try FromBroker(decoding: $0)
            } encode: {
                $0.encoded()
            }
        default:
            return try survives(frame) {
                try Manifest(decoding: $0)
            } encode: {
                $0.encoded()
            }
        }
    }

    private static func survives<Message: Equatable>(
        _ frame: [UInt8], _ decode: ([UInt8]) throws -> Message, encode: (Message) -> [UInt8]
    ) throws -> Bool {
        guard let message = try? decode(frame) else { return false }
        #expect(try decode(encode(message)) == message)
        return true
    }
}

extension Samples {
    /// One to three of: a bit flipped, a byte set, a cut, a piece taken out, doubled, or put in from another frame.
    mutating func mutated(_ frame: [UInt8], with other: [UInt8]) -> [UInt8] {
        var frame = frame
        for _ in 0...next() % 3 {
            let at = Int(next() % UInt64(frame.count + 1))
            let end = min(frame.count, at + Int(next() % 16))
            switch next() % 6 {
            case 0 where at < frame.count: frame[at] ^= 1 << (next() % 8)
            case 1 where at < frame.count: frame[at] = pick([0, 1, 0x7f, 0x80, 0xff, UInt8(next() % 256)])
            case 2: frame.removeSubrange(at...)
            case 3: frame.removeSubrange(at..<end)
            case 4: frame.insert(contentsOf: frame[at..<end], at: at)
            default: frame.insert(contentsOf: other.dropFirst(Int(next() % UInt64(other.count + 1))).prefix(32), at: at)
            }
        }
        return frame
    }
}
