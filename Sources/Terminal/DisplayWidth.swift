extension String {
    /// Columns that the text takes on a terminal: two for East Asian wide characters and emoji, none for combining marks
    /// (Unicode Standard Annex #11, the ranges that terminals agree on).
    package var displayWidth: Int {
        reduce(0) { $0 + $1.displayWidth }
    }

    /// The text cut to at most `width` columns, with an ellipsis where something was cut; control characters, line breaks
    /// among them, are shown as spaces, so that a stranger's text cannot move the cursor.
    package func fitted(to width: Int) -> String {
        let plain = String(map { $0.isControl ? " " : $0 })
        guard plain.displayWidth > width else { return plain }
        guard width > 0 else { return "" }
        var cut = ""
        var used = 1
        for character in plain {
            used += character.displayWidth
            if used > width { break }
            cut.append(character)
        }
        return cut + "…"
    }
}

extension Character {
    fileprivate var isControl: Bool {
        unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    fileprivate var displayWidth: Int {
        guard let first = unicodeScalars.first else { return 0 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
