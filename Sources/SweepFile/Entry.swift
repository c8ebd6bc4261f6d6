import Sweep
import Yams

/// One key of a section with its value, read as whatever is expected there.
struct Entry {
    let section: String
    let key: String
    let keyPlace: Place
    let node: Node

    /// Of the value; of the key where there is none.
    var place: Place { node.place ?? keyPlace }

    /// `early_terminate.eta`
    var name: String { section.isEmpty ? key : "\(section).\(key)" }

    func fault(expected: String) -> PlacedFault {
        Placed(.badValue(of: name, expected: expected, found: node.words), at: place)
    }

    /// Any scalar, as it is written.
    func text() throws(PlacedFault) -> String {
        guard case .scalar(let scalar) = node, ParameterValue(scalar) != nil else { throw fault(expected: "a text") }
        return scalar.string
    }

    func number() throws(PlacedFault) -> Double {
        guard let number = scalar?.double, number.isFinite else { throw fault(expected: "a number") }
        return number
    }

    func number(above least: Double) throws(PlacedFault) -> Double {
        let expected = least == 0 ? "a number above 0" : "a number above \(least)"
        guard let number = scalar?.double, number.isFinite, number > least else { throw fault(expected: expected) }
        return number
    }

    func whole(in range: ClosedRange<Int>) throws(PlacedFault) -> Int {
        guard let whole = scalar?.whole, range.contains(whole) else {
            let expected = "a whole number of at least \(range.lowerBound)"
            throw fault(expected: range.upperBound == .max ? expected : "\(expected) and at most \(range.upperBound)")
        }
        return whole
    }

    func flag() throws(PlacedFault) -> Bool {
        guard case .flag(let flag) = scalar else { throw fault(expected: "true or false") }
        return flag
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(of type: Choice.Type) throws(PlacedFault) -> Choice {
        let text = try text()
        guard let choice = Choice(rawValue: text) else {
            throw Placed(.unknownName(of: name, expected: Choice.allCases.map(\.rawValue), found: text), at: place)
        }
        return choice
    }

    /// The items, each as an entry of its own.
    func list() throws(PlacedFault) -> [Entry] {
        guard case .sequence(let sequence) = node else { throw fault(expected: "a list") }
        return sequence.map { Entry(section: section, key: key, keyPlace: keyPlace, node: $0) }
    }

    func nested() throws(PlacedFault) -> Section { try Section(node, name: name, place: keyPlace) }

    /// Whether it is a whole number that is written without a point.
    var isInteger: Bool {
        guard case .integer? = scalar else { return false }
        return true
    }

    /// `nil` for nothing, and for what is no scalar.
    var scalar: ParameterValue? {
        guard case .scalar(let scalar) = node else { return nil }
        return ParameterValue(scalar)
    }
}
