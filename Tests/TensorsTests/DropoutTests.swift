import Tensors
import Testing

@Suite struct DropoutTests {
    private static let (rows, columns) = (200, 501)

    /// Ones through the dropout: 0 or the scale.
    private func mask(
        rate: Float, seed: UInt64 = 1, step: Int = 2, site: UInt64 = 3, first: Int = 0,
        level: Kernels.Level = .portable
    ) throws -> [Float] {
        let ones = Matrix(rows: Self.rows, columns: Self.columns)
        ones.buffer.update(repeating: 1)
        let names = (0..<Self.rows).map { Dropout.name(example: (first + $0) / 10, token: (first + $0) % 10) }
        let dropout = Dropout(rate: rate, seed: seed, step: step, site: site)
        try Kernels(level).drop(ones, rows: 0..<Self.rows, dropout, names: names)
        return ones.values
    }

    @Test(arguments: [Float(0.1), 0.5, 0.9])
    func itsShareIsDroppedAndTheMeanKept(rate: Float) throws {
        let mask = try mask(rate: rate)
        let dropped = Double(mask.filter { $0 == 0 }.count) / Double(mask.count)
        let deviation = (Double(rate) * Double(1 - rate) / Double(mask.count)).squareRoot()
        #expect(abs(dropped - Double(rate)) < 4 * deviation)
        #expect(Set(mask).count == 2 && mask.allSatisfy { $0 == 0 || abs($0 - 1 / (1 - rate)) < 1e-6 })
    }

    /// Two masks that have nothing to do with each other agree in half of their elements at a rate of one half.
    @Test func seedsStepsSitesRowsAndColumnsAreIndependent() throws {
        let mask = try mask(rate: 0.5)
        let others = [
            try self.mask(rate: 0.5, seed: 2), try self.mask(rate: 0.5, step: 3), try self.mask(rate: 0.5, site: 4),
            // Its own rows and columns, moved by one.
            Array(mask.dropFirst(Self.columns) + mask.prefix(Self.columns)),
            Array(mask.dropFirst() + mask.prefix(1)),
        ]
        for other in others {
            let agreeing = zip(mask, other).filter { $0 == $1 }.count
            #expect(abs(Double(agreeing) / Double(mask.count) - 0.5) < 4 * 0.5 / Double(mask.count).squareRoot())
        }
    }

    @Test func aRowDependsOnItsNameAlone() throws {
        let (all, later) = (try mask(rate: 0.3), try mask(rate: 0.3, first: 50))
        #expect(Array(all.dropFirst(50 * Self.columns)) == Array(later.prefix(150 * Self.columns)))
    }

    @Test(arguments: Kernels.supported)
    func levelsDropTheSame(level: Kernels.Level) throws {
        #expect(try mask(rate: 0.1, level: level) == mask(rate: 0.1))
    }

    @Test func noRateIsNoDropout() { #expect(Dropout(rate: 0, seed: 1, step: 1, site: 1) == nil) }
}
