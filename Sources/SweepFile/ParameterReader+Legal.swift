import Sweep

/// Whether everything that may be drawn is something that the hyper-parameter takes.
extension ParameterReader {
    func check(_ distribution: Distribution, _ name: DistributionName) throws(PlacedFault) {
        guard distribution.hasValues else {
            let expected = "a q with a multiple between min and max"
            let step = section["q"]
            throw Placed(
                .badValue(of: "\(section.name).q", expected: expected, found: step?.node.words ?? "'1'"),
                at: step?.place ?? section.place)
        }
        switch distribution {
        case .constant, .categorical: return
        case .integerUniform(let range):
            try checkBounds(.integer(range.lowerBound), .integer(range.upperBound), name)
            warnOfWholeNumbers(range)
        case .uniform(let range, _), .logUniform(let range, _), .inverseLogUniform(let range):
            try checkBounds(.number(range.lowerBound), .number(range.upperBound), name)
        case .normal, .logNormal, .beta: break
        }
        try checkDraws(of: distribution, name)
    }

    private func checkBounds(
        _ least: ParameterValue, _ most: ParameterValue, _ name: DistributionName
    ) throws(PlacedFault) {
        // The reciprocal turns the bounds round.
        let keys = name == .inverseLogUniform ? ["max", "min"] : ["min", "max"]
        for (key, value) in zip(keys, [least, most]) where !legal.takes(value) {
            let entry = try section.required(key)
            let found = name.takesExponents ? "e to the power of \(entry.node.words), \(value)" : entry.node.words
            throw Placed(illegal(found, name), at: entry.place)
        }
        // Exponents are rarely all above 0, and never as small as learning rates are.
        guard name.takesExponents, let bounds = written(), bounds[0] > 0, bounds[1] <= 1 else { return }
        let warning = SweepFileWarning.exponents(
            name: legal.name, found: bounds.map { "\($0)" }, drawn: ["\(least)", "\(most)"],
            distribution: name.rawValue)
        findings.warn(warning, at: try section.required("min").place)
    }

    private func illegal(_ found: String, _ name: DistributionName) -> SweepFileFault {
        let areLegalAsWritten = written()?.allSatisfy { legal.takes(.number($0)) } == true
        let hint = "\(name.rawValue) takes exponents of e; for bounds as they are write \(name.rawValue)_values"
        return .illegal(
            name: legal.name, expected: legal.inWords, found: found,
            hint: name.takesExponents && areLegalAsWritten ? hint : nil)
    }

    private func written() -> [Double]? {
        guard let least = section["min"]?.scalar?.double, let most = section["max"]?.scalar?.double else { return nil }
        return [least, most]
    }

    /// Shares of the unit interval at which draws are tried out: both ends, and places between that give no round number.
    private static let places = [1e-9, 0.1234, 0.381966, 0.5, 0.618034, 0.8766, 1 - 1e-9]

    /// Bounds may be legal and what lies between them not.
    private func checkDraws(of distribution: Distribution, _ name: DistributionName) throws(PlacedFault) {
        let draws = Self.places.map(distribution.value(at:))
        guard let found = draws.first(where: { !legal.takes($0) }) else { return }
        if let fraction = draws.first(where: isIllegalFraction) { throw fractions(fraction, name) }
        switch distribution {
        case .normal, .logNormal:
            guard legal.takes(distribution.example) else {
                let found = "\(distribution.example) in the middle"
                throw Placed(illegal(found, name), at: section["mu"]?.place ?? section.place)
            }
            findings.warn(.unbounded(name: legal.name, expected: legal.inWords), at: section.place)
        case .constant, .categorical, .integerUniform, .uniform, .logUniform, .inverseLogUniform, .beta:
            throw Placed(
                illegal("\(found), which \(name.rawValue) draws", name), at: section["q"]?.place ?? section.place)
        }
    }

    /// Whether the whole numbers beside it are legal, and it is not.
    private func isIllegalFraction(_ draw: ParameterValue) -> Bool {
        guard let number = draw.double, !legal.takes(draw) else { return false }
        return legal.takes(.number(number.rounded(.down))) && legal.takes(.number(number.rounded(.up)))
    }

    private func fractions(_ found: ParameterValue, _ name: DistributionName) -> PlacedFault {
        let hint = "write int_uniform, values, or a q_ distribution with a whole q"
        return Placed(
            .illegal(
                name: legal.name, expected: legal.inWords, found: "\(found), which \(name.rawValue) draws", hint: hint),
            at: section["distribution"]?.place ?? section.place)
    }

    /// Of bounds that name no distribution: 0 and 1 draw 0 or 1.
    private func warnOfWholeNumbers(_ range: ClosedRange<Int>) {
        let middle = Double(range.lowerBound) + 0.25
        guard section["distribution"] == nil, legal.takes(.number(middle)) else { return }
        findings.warn(
            .wholeNumbersOnly(name: legal.name, least: range.lowerBound, most: range.upperBound), at: section.place)
    }
}
