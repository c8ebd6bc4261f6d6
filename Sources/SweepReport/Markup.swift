/// A piece of HTML in which text from outside cannot become a tag: only markup and numbers are interpolated as they
/// are, and a string goes in as `\(text: name)`, escaped.
///
/// It is written so that a parser of XML takes it too: every element is closed and every attribute quoted.
struct Markup: ExpressibleByStringInterpolation {
    let text: String

    init(stringLiteral value: String) { text = value }

    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    /// - Parameter source: a style sheet or a script of ours, which HTML takes as it is and XML only as character data
    init(source: String) {
        text = "/*<![CDATA[*/\n\(source)/*]]>*/"
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 8 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: String) { text += literal }

        mutating func appendInterpolation(_ markup: Markup) { text += markup.text }

        mutating func appendInterpolation(_ value: Int) { text += String(value) }

        /// A coordinate: two digits after the point are less than a dot of any screen.
        mutating func appendInterpolation(_ value: Double) { text += Numeral.fixed(value, places: 2, isTrimmed: true) }

        mutating func appendInterpolation(text string: String) {
            for scalar in string.unicodeScalars {
                switch scalar {
                case "&": text += "&amp;"
                case "<": text += "&lt;"
                case ">": text += "&gt;"
                case "\"": text += "&quot;"
                case "'": text += "&#39;"
                default: text.unicodeScalars.append(Self.isAllowed(scalar) ? scalar : "\u{FFFD}")
                }
            }
        }

        /// Control characters are in no document, and those that turn the direction of a line would turn ours.
        private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0x09, 0x0A: true
            case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: false
            default: scalar.value & 0xFFFE != 0xFFFE
            }
        }
    }
}

extension Sequence<Markup> {
    func joined(_ separator: String = "\n") -> Markup {
        Markup(stringLiteral: map(\.text).joined(separator: separator))
    }
}

extension Optional<Markup> {
    /// Nothing where there is none.
    var orNothing: Markup { self ?? "" }
}
