import Terminal
import Testing

struct QuantityTests {
    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1 000"), (-1_234_567, "-1 234 567")])
    func countsAreGrouped(_ value: Int, _ text: String) {
        #expect(Quantity.count(value) == text)
    }

    @Test(arguments: [
        (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (90_868_376, "90.9 MB"), (999_960, "1.0 MB"),
        (Int.max, "9223372.0 TB"),
    ])
    func bytesHaveAUnit(_ value: Int, _ text: String) {
        #expect(Quantity.bytes(value) == text)
    }

    @Test(
        arguments: [
            (.microseconds(850), "850 µs"), (.milliseconds(12), "12.0 ms"), (.milliseconds(4200), "4.2 s"),
            (.seconds(187), "3m 07s"), (.seconds(7500), "2h 05m"), (.seconds(356_400), "4d 03h"), (.zero, "0 µs"),
        ] as [(Duration, String)])
    func durationsHaveAUnit(_ value: Duration, _ text: String) {
        #expect(Quantity.duration(value) == text)
    }

    @Test(
        arguments: [
            (0.05, 2, "0.05"), (-0.001, 2, "0.00"), (-1.5, 1, "-1.5"), (12.999, 2, "13.00"), (7, 0, "7"),
            (.nan, 1, "-"), (1e300, 1, "-"),
        ] as [(Double, Int, String)])
    func decimalsKeepTheirPlaces(_ value: Double, _ places: Int, _ text: String) {
        #expect(Quantity.decimal(value, places: places) == text)
    }

    @Test(
        arguments: [
            (0, "0"), (1e-5, "1.00e-05"), (0.0412, "0.0412"), (-0.5, "-0.500"), (1.1, "1.10"), (12.345, "12.3"),
            (99.95, "100"), (999.6, "1 000"), (12_800, "12 800"), (1e6, "1.00e+06"), (-1e-99, "-1.00e-99"), (.nan, "-"),
            (.infinity, "-"),
        ] as [(Double, String)])
    func threeDigitsCount(_ value: Double, _ text: String) {
        #expect(Quantity.significant(value) == text)
    }
}
