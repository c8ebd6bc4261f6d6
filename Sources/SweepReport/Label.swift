/// Texts within charts, which SVG neither breaks nor cuts by itself.
///
/// The reader's font is not known; widths are those of a wide one (DejaVu Sans), so that what fits here fits there.
enum Label {
    /// Pixels that the text takes at most at a font size.
    static func width(_ text: String, size: Double = 11) -> Double {
        text.unicodeScalars.reduce(0) { $0 + width($1) } * size
    }

    /// The text, or as much of it as fits with an ellipsis.
    static func fitted(_ text: String, to room: Double, size: Double = 11) -> String {
        guard width(text, size: size) > room else { return text }
        var cut = ""
        var used = width("…", size: size)
        for character in text {
            used += width(String(character), size: size)
            if used > room { break }
            cut.append(character)
        }
        return cut + "…"
    }

    /// The text in at most `lines` lines, broken after spaces and the marks within names, or anywhere if it must be.
    static func wrapped(_ text: String, to room: Double, lines: Int, size: Double = 11) -> [String] {
        var rest = Substring(text)
        var broken: [String] = []
        while !rest.isEmpty, broken.count < lines - 1, width(String(rest), size: size) > room {
            let line = head(of: rest, room: room, size: size)
            broken.append(line.trimmingSpaces)
            rest = rest.dropFirst(line.count)
        }
        return broken + (rest.isEmpty ? [] : [fitted(String(rest), to: room, size: size)])
    }

    private static func head(of text: Substring, room: Double, size: Double) -> Substring {
        var used = 0.0
        var end = text.startIndex
        var breakable: Substring.Index?
        for index in text.indices {
            used += width(String(text[index]), size: size)
            if used > room { break }
            end = text.index(after: index)
            if " _-./:".contains(text[index]) { breakable = end }
        }
        return text[..<max(breakable ?? end, text.index(after: text.startIndex))]
    }

    /// The places of those labels that can stand beside one another, the first and then what follows with a gap.
    ///
    /// - Parameter extents: from where to where each would reach, ascending
    static func spaced(_ extents: [ClosedRange<Double>], gap: Double) -> [Int] {
        var kept: [Int] = []
        var end = -Double.infinity
        for (index, extent) in extents.enumerated() where extent.lowerBound >= end + gap {
            kept.append(index)
            end = extent.upperBound
        }
        return kept
    }

    /// In ems.
    private static func width(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", " ": 0.35
        case "f", "r", "t", "(", ")", "[", "]", "/", "-": 0.43
        case "m", "w", "M", "W", "@", "%": 0.99
        case "a"..."z", "0"..."9", "_": 0.64
        case "A"..."Z", "+", "=", "<", ">", "~", "#": 0.84
        default: scalar.value < 0x1100 ? 0.75 : isCombining(scalar) ? 0 : 1.05
        }
    }

    private static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: true
        default: false
        }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
