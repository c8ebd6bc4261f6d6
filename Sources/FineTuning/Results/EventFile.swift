import Foundation

/// The history of a run as a file that TensorBoard reads: records of `Event` messages.
///
///     record:   u64 length │ u32 masked crc of it │ length bytes │ u32 masked crc of them      little endian
///     Event:    wall_time = 1 double │ step = 2 int64 │ file_version = 3 string │ summary = 5
///     Summary:  value = 1 { tag = 1 string │ simple_value = 2 float }, repeated
///
/// Reference: `tensorflow/core/util/event.proto`, `framework/summary.proto`, `lib/io/record_writer.h`
struct EventFile {
    /// TensorBoard takes every file with `tfevents` in its name.
    static let name = "runs/events.out.tfevents.bertd"

    let bytes: Data

    /// - Parameter dates: of every line of the log, in seconds since 1970
    init(log: [LogEntry], dates: [Double]) {
        var file = Data()
        Self.append(Self.event(date: dates.first ?? 0, step: 0, Self.field(3, Data("brain.Event:2".utf8))), to: &file)
        for (entry, date) in zip(log, dates) {
            let values = entry.values.filter { $0.value.isFinite }.map { value in
                Self.field(1, Self.field(1, Data(Self.tag(value.name).utf8)) + Self.float(2, Float(value.value)))
            }
            let summary = Self.field(5, values.reduce(Data(), +))
            Self.append(Self.event(date: date, step: entry.step, summary), to: &file)
        }
        bytes = file
    }

    /// Trainer's tags: `eval_accuracy` is `eval/accuracy`, and what is measured in training stands under `train`.
    static func tag(_ name: String) -> String {
        name.hasPrefix("eval_") ? "eval/\(name.dropFirst(5))" : "train/\(name)"
    }

    private static func event(date: Double, step: Int, _ what: Data) -> Data {
        var event = Data([1 << 3 | 1]) + littleEndian(date.bitPattern)
        if step != 0 { event += Data([2 << 3]) + varint(UInt64(step)) }
        return event + what
    }

    private static func append(_ record: Data, to file: inout Data) {
        let length = littleEndian(UInt64(record.count))
        file += length + littleEndian(MaskedChecksum.masked(length))
        file += record + littleEndian(MaskedChecksum.masked(record))
    }

    private static func field(_ number: UInt8, _ content: Data) -> Data {
        Data([number << 3 | 2]) + varint(UInt64(content.count)) + content
    }

    private static func float(_ number: UInt8, _ value: Float) -> Data {
        Data([number << 3 | 5]) + littleEndian(value.bitPattern)
    }

    private static func varint(_ value: UInt64) -> Data {
        var (rest, bytes) = (value, Data())
        while rest > 0x7F {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    private static func littleEndian<Value: FixedWidthInteger>(_ value: Value) -> Data {
        withUnsafeBytes(of: value.littleEndian) { Data($0) }
    }
}
