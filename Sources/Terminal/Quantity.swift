/// Numbers as people read them.
package enum Quantity {
    /// `12 345 678`
    package static func count<Number: BinaryInteger>(_ value: Number) -> String {
        let digits = Array(String(value.magnitude))
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index).isMultiple(of: 3) { text += " " }
            text.append(digit)
        }
        return text
    }

    /// `90.9 MB`, in powers of 1000.
    package static func bytes<Number: BinaryInteger>(_ value: Number) -> String {
        var amount = Double(value)
        for unit in ["B", "kB", "MB", "GB"] {
            if amount < 999.95 { return unit == "B" ? "\(Int(amount)) B" : "\(decimal(amount, places: 1)) \(unit)" }
            amount /= 1000
        }
        return "\(decimal(amount, places: 1)) TB"
    }

    /// `850 µs`, `12.3 ms`, `4.2 s`, `3m 07s`, `2h 05m`, `4d 03h`
    package static func duration(_ value: Duration) -> String {
        let seconds = value.seconds
        switch seconds {
        case ..<0.001: return "\(Int((seconds * 1e6).rounded())) µs"
        case ..<1: return "\(decimal(seconds * 1e3, places: 1)) ms"
        case ..<60: return "\(decimal(seconds, places: 1)) s"
        default: break
        }
        let whole = Int(min(seconds, 1e12).rounded())
        switch whole {
        case ..<3600: return "\(whole / 60)m \(padded(whole % 60))s"
        case ..<86400: return "\(whole / 3600)h \(padded(whole / 60 % 60))m"
        default: return "\(whole / 86400)d \(padded(whole / 3600 % 24))h"
        }
    }

    /// A number with exactly `places` digits after the point; `-` for what is not finite or past 15 digits.
    package static func decimal(_ value: Double, places: Int) -> String {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (value * scale).rounded()
        guard scaled.isFinite, scaled.magnitude < 1e15 else { return "-" }
        let units = Int(scaled.magnitude)
        let sign = value < 0 && units > 0 ? "-" : ""
        guard places > 0 else { return "\(sign)\(units)" }
        let digits = String(units % Int(scale))
        return "\(sign)\(units / Int(scale)).\(String(repeating: "0", count: places - digits.count))\(digits)"
    }

    /// A number with three digits that count: `1.10`, `0.0412`, `12 800`, `3.00e-05`; `-` for what is not finite.
    package static func significant(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        var magnitude = value.magnitude
        guard magnitude > 0 else { return "0" }
        if magnitude >= 999.5 && magnitude < 999_999.5 { return count(value.rounded().whole) }
        var exponent = 0
        while magnitude >= 9.995 {
            magnitude /= 10
            exponent += 1
        }
        while magnitude < 0.9995 {
            magnitude *= 10
            exponent -= 1
        }
        if (-3...2).contains(exponent) { return decimal(value, places: 2 - exponent) }
        let sign = value < 0 ? "-" : ""
        let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
        return "\(sign)\(decimal(magnitude, places: 2))e\(exponent < 0 ? "-" : "+")\(power)"
    }

    private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

extension Duration {
    package var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}

extension Double {
    /// The whole part, held within `Int`; 0 for what is no number.
    package var whole: Int {
        if isNaN { return 0 }
        return Int(exactly: rounded(.towardZero)) ?? (self < 0 ? .min : .max)
    }
}
