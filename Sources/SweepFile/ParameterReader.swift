import Glibc
import Sweep
import Tasks

/// Reads one parameter: what its values are drawn from, checked against what the hyper-parameter takes.
struct ParameterReader {
    let section: Section
    let legal: LegalValues
    let findings: Findings

    /// What the values are drawn from, and where the distribution is named or the parameter begins.
    func distribution() throws(PlacedFault) -> (Distribution, DistributionName, Place) {
        let named = section["distribution"]
        let name =
            if let named { try named.choice(of: DistributionName.self) } else {
                try DistributionName(inferredFrom: section)
            }
        for key in name.requiredKeys { _ = try section.required(key) }
        let known = name.requiredKeys + name.optionalKeys + ["distribution"]
        section.reportUnknown(expected: known, to: findings)
        let distribution = try read(name)
        try check(distribution, name)
        return (distribution, name, named?.place ?? section.place)
    }

    private func read(_ name: DistributionName) throws(PlacedFault) -> Distribution {
        switch name {
        case .constant: .constant(try canonical(section.required("value")))
        case .categorical, .weightedCategorical: try categorical()
        case .integerUniform: try integers()
        case .uniform, .quantizedUniform: .uniform(try bounds(), step: try step(name))
        case .logUniformValues, .quantizedLogUniformValues: .logUniform(try positiveBounds(), step: try step(name))
        case .inverseLogUniformValues: .inverseLogUniform(try positiveBounds())
        case .logUniform, .quantizedLogUniform: .logUniform(try exponents(name), step: try step(name))
        case .inverseLogUniform: .inverseLogUniform(try exponents(name))
        case .normal, .quantizedNormal:
            .normal(mean: try mean(), deviation: try deviation(), step: try step(name))
        case .logNormal, .quantizedLogNormal:
            .logNormal(mean: try mean(), deviation: try deviation(), step: try step(name))
        case .beta, .quantizedBeta:
            .beta(
                a: try section["a"]?.number(above: 0) ?? 1, b: try section["b"]?.number(above: 0) ?? 1,
                step: try step(name))
        }
    }

    private func canonical(_ entry: Entry) throws(PlacedFault) -> ParameterValue {
        guard let value = entry.scalar else { throw entry.fault(expected: legal.inWords) }
        do {
            return try legal.canonical(value)
        } catch {
            throw Placed(.option(error), at: entry.place)
        }
    }

    private func categorical() throws(PlacedFault) -> Distribution {
        let list = try section.required("values")
        let entries = try list.list()
        guard !entries.isEmpty else { throw list.fault(expected: "at least one value") }
        var values: [ParameterValue] = []
        var seen: Set<String> = []
        for entry in entries {
            let value = try canonical(entry)
            // 3 and 3.0 are one setting.
            guard seen.insert((try? legal.setting(value)) ?? value.description).inserted else {
                throw Placed(.givenTwice(name: list.name, found: [value.description]), at: entry.place)
            }
            values.append(value)
        }
        return .categorical(values, probabilities: try probabilities(count: values.count))
    }

    private func probabilities(count: Int) throws(PlacedFault) -> [Double]? {
        guard let list = section["probabilities"] else { return nil }
        var probabilities: [Double] = []
        for entry in try list.list() {
            let number = try entry.number()
            guard number >= 0, number <= 1 else { throw entry.fault(expected: "a number from 0 to 1") }
            probabilities.append(number)
        }
        guard probabilities.count == count else {
            let expected = "as many probabilities as values, \(count)"
            throw Placed(.badValue(of: list.name, expected: expected, found: "\(probabilities.count)"), at: list.place)
        }
        let sum = probabilities.reduce(0, +)
        // As near as people write thirds.
        guard abs(sum - 1) <= 0.001 else {
            throw Placed(
                .badValue(of: list.name, expected: "probabilities whose sum is 1", found: "a sum of \(sum)"),
                at: list.place)
        }
        return abs(sum - 1) <= 1e-9 ? probabilities : probabilities.map { $0 / sum }
    }

    private func integers() throws(PlacedFault) -> Distribution {
        let (least, most) = (try section.required("min"), try section.required("max"))
        let bounds = (try least.whole(in: .min ... .max), try most.whole(in: .min ... .max))
        guard bounds.0 < bounds.1 else { throw reversed() }
        return .integerUniform(bounds.0...bounds.1)
    }

    private func bounds() throws(PlacedFault) -> ClosedRange<Double> {
        let (least, most) = (try section.required("min").number(), try section.required("max").number())
        guard least < most, (most - least).isFinite else { throw reversed() }
        return least...most
    }

    private func positiveBounds() throws(PlacedFault) -> ClosedRange<Double> {
        let least = try section.required("min")
        let expected = "a number above 0, whose logarithm is taken"
        guard try least.number() > 0 else { throw least.fault(expected: expected) }
        return try bounds()
    }

    private func reversed() -> PlacedFault {
        let (least, most) = (section["min"]?.node.words ?? "nothing", section["max"]?.node.words ?? "nothing")
        return Placed(.bounds(of: section.name, least: least, most: most), at: section["min"]?.place ?? section.place)
    }

    /// e to the power of a larger one is no number.
    private static let mostExponent = 700.0

    private func exponents(_ name: DistributionName) throws(PlacedFault) -> ClosedRange<Double> {
        for entry in [try section.required("min"), try section.required("max")] {
            guard abs(try entry.number()) <= Self.mostExponent else {
                throw entry.fault(expected: "an exponent of e from -700 to 700")
            }
        }
        let range = try bounds()
        let drawn = name == .inverseLogUniform ? -range.upperBound ... -range.lowerBound : range
        let (least, most) = (exp(drawn.lowerBound), exp(drawn.upperBound))
        guard least < most else { throw reversed() }
        return least...most
    }

    private func mean() throws(PlacedFault) -> Double { try section["mu"]?.number() ?? 0 }

    private func deviation() throws(PlacedFault) -> Double { try section["sigma"]?.number(above: 0) ?? 1 }

    private func step(_ name: DistributionName) throws(PlacedFault) -> Double? {
        name.isQuantized ? try section["q"]?.number(above: 0) ?? 1 : nil
    }
}
