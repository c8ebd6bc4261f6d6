import Glibc

/// Numbers as the report writes them, the same on every machine and in every language.
enum Numeral {
    /// With `places` digits after the point; trimmed, without the zeros at their end.
    static func fixed(_ value: Double, places: Int, isTrimmed: Bool = false) -> String {
        let scale = pow(10, Double(places))
        let scaled = (value * scale).rounded()
        guard scaled.magnitude < 1e15 else { return scientific(value, digits: 4) }
        var fraction = String(Int(scaled.magnitude) % Int(scale))
        fraction = String(repeating: "0", count: max(0, places - fraction.count)) + fraction
        if isTrimmed { while fraction.last == "0" { fraction.removeLast() } }
        let sign = value < 0 && scaled != 0 ? "-" : ""
        let whole = sign + String(Int(scaled.magnitude) / Int(scale))
        return places == 0 || fraction.isEmpty ? whole : "\(whole).\(fraction)"
    }

    /// Four digits that count, without zeros at their end: `0.06`, `512`, `3.162e-5`.
    static func short(_ value: Double) -> String {
        let magnitude = value.magnitude
        guard magnitude >= 1e-300 else { return value.isNaN ? "-" : "0" }
        guard magnitude >= 0.000_999_95, magnitude < 999_999.5 else { return scientific(value, digits: 4) }
        let exponent = log10(magnitude)
        let places = magnitude < 1 ? 4 - Int(exponent.rounded(.up)) : max(0, 3 - Int(exponent.rounded(.down)))
        return fixed(value, places: places, isTrimmed: true)
    }

    /// The labels of an axis: all with as many digits after the point as the longest needs.
    static func even(_ values: [Double]) -> [String] {
        let texts = values.map(short)
        guard !texts.contains(where: { $0.contains("e") }) else { return texts }
        let places = texts.map { $0.split(separator: ".").dropFirst().first?.count ?? 0 }.max() ?? 0
        return values.map { fixed($0, places: places) }
    }

    /// A score, with as many digits as tell neighbours apart: `0.8742`, `91.250`.
    static func score(_ value: Double) -> String {
        switch value.magnitude {
        case 0: "0"
        case 0.001..<10: fixed(value, places: 4)
        case 10..<100: fixed(value, places: 3)
        case 100..<1000: fixed(value, places: 2)
        default: short(value)
        }
    }

    /// `1e-5`, `2.5e+8`
    private static func scientific(_ value: Double, digits: Int) -> String {
        guard value.isFinite else { return value.isNaN ? "-" : value < 0 ? "-∞" : "∞" }
        var exponent = Int(log10(value.magnitude).rounded(.down))
        var mantissa = fixed(value / pow(10, Double(exponent)), places: digits - 1, isTrimmed: true)
        if mantissa == "10" || mantissa == "-10" {
            mantissa.removeLast()
            exponent += 1
        }
        return "\(mantissa)e\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
    }

    /// `850 ms`, `4.2 s`, `3m 07s`, `2h 05m`, `4d 03h`
    static func duration(_ value: Duration) -> String {
        let seconds = max(0, value.seconds)
        if seconds < 0.9995 { return "\(Int((seconds * 1000).rounded())) ms" }
        if seconds < 59.95 { return "\(fixed(seconds, places: 1)) s" }
        let whole = Int(min(seconds, 1e12).rounded())
        switch whole {
        case ..<3600: return "\(whole / 60)m \(twoDigits(whole % 60))s"
        case ..<86400: return "\(whole / 3600)h \(twoDigits(whole / 60 % 60))m"
        default: return "\(whole / 86400)d \(twoDigits(whole / 3600 % 24))h"
        }
    }

    static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
