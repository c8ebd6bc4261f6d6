import Foundation
import Testing

@testable import FineTuning

@Suite struct EventFileTests {
    /// RFC 3720, appendix B.4.
    @Test func theChecksumIsCastagnolis() {
        #expect(MaskedChecksum.crc32c(Array("123456789".utf8)) == 0xE306_9283)
        #expect(MaskedChecksum.crc32c([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(MaskedChecksum.crc32c([]) == 0)
    }

    @Test func everyRecordIsFramedByItsLengthAndChecksums() throws {
        let log = [
            LogEntry(step: 300, epoch: 1, values: [MetricValue(name: "loss", value: 0.5)]),
            LogEntry(step: 301, epoch: 1, values: [MetricValue(name: "eval_accuracy", value: .nan)]),
        ]
        let file = [UInt8](EventFile(log: log, dates: [1e9, 2e9]).bytes)
        var records: [[UInt8]] = []
        var rest = file[...]
        while !rest.isEmpty {
            let length = rest.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
            let record = Array(rest.dropFirst(12).prefix(length))
            let sums = [Array(rest.dropFirst(8).prefix(4)), Array(rest.dropFirst(12 + length).prefix(4))]
            #expect(sums[0].reversed().reduce(0) { $0 << 8 | UInt32($1) } == MaskedChecksum.masked(rest.prefix(8)))
            #expect(sums[1].reversed().reduce(0) { $0 << 8 | UInt32($1) } == MaskedChecksum.masked(record))
            records.append(record)
            rest = rest.dropFirst(16 + length)
        }
        #expect(records.count == 3)
        #expect(String(decoding: records[0], as: UTF8.self).contains("brain.Event:2"))
        // step = 300, then a summary with one value of 18 bytes: tag "train/loss", simple_value 0.5.
        let value = [UInt8](arrayLiteral: 0x0A, 10) + Array("train/loss".utf8) + [0x15, 0, 0, 0, 0x3F]
        #expect(Array(records[1].dropFirst(9)) == [0x10, 0xAC, 0x02, 0x2A, 19, 0x0A, 17] + value)
    }

    @Test(arguments: [
        ("loss", "train/loss"), ("eval_f1", "eval/f1"), ("eval_dev_mismatched_f1", "eval/dev_mismatched_f1"),
    ])
    func tagsAreTrainers(_ name: String, _ tag: String) {
        #expect(EventFile.tag(name) == tag)
    }
}
