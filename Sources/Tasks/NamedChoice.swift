/// A closed set of names that people spell in more ways than one.
package protocol NamedChoice: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// Other spellings, folded: lower case, with `-` for `_` and for a space.
    static var synonyms: [String: Self] { get }
}

extension NamedChoice {
    /// The choice of this name, whatever its case and whether it is written with `-`, `_` or spaces.
    ///
    /// - Parameter field: what the error is to call it
    package init(named found: String, field: String) throws(OptionError) {
        let folded = Spelling.folded(found)
        if let choice = Self.allCases.first(where: { Spelling.folded($0.rawValue) == folded }) {
            self = choice
        } else if let choice = Self.synonyms[folded] {
            self = choice
        } else {
            throw .unknownName(field: field, expected: Self.allCases.map(\.rawValue), found: found)
        }
    }
}
