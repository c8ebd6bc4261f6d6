/// Lines of the table by type of value.
extension Hyperparameter {
    typealias Place<Value> = WritableKeyPath<FineTuningOptions, Value> & Sendable

    static func integer(
        _ name: String, _ place: any Place<Int>, _ range: ClosedRange<Int>, synonyms: [String], _ summary: String,
        kinds: [TaskKind] = TaskKind.allCases
    ) -> Hyperparameter {
        Hyperparameter(
            name, synonyms: synonyms, values: inWords(range), summary, kinds: kinds,
            write: { options, text throws(OptionError) in
                guard let value = wholeNumber(text), range.contains(value) else { return false }
                options[keyPath: place] = value
                return true
            },
            read: { "\($0[keyPath: place])" })
    }

    /// A whole number that is off, or left to something else, unless it is given.
    static func optionalInteger(
        _ name: String, _ place: any Place<Int?>, _ range: ClosedRange<Int>, synonyms: [String], _ summary: String
    ) -> Hyperparameter {
        Hyperparameter(
            name, synonyms: synonyms, values: inWords(range), summary,
            write: { options, text throws(OptionError) in
                guard let value = wholeNumber(text), range.contains(value) else { return false }
                options[keyPath: place] = value
                return true
            },
            read: { options in options[keyPath: place].map { "\($0)" } })
    }

    static func number(
        _ name: String, _ place: any Place<Double>, _ range: NumberRange, synonyms: [String], _ summary: String,
        kinds: [TaskKind] = TaskKind.allCases
    ) -> Hyperparameter {
        Hyperparameter(
            name, synonyms: synonyms, values: range.inWords, summary, kinds: kinds,
            write: { options, text throws(OptionError) in
                guard let value = Double(text), range.contains(value) else { return false }
                options[keyPath: place] = value
                return true
            },
            read: { "\($0[keyPath: place])" })
    }

    static func optionalNumber(
        _ name: String, _ place: any Place<Double?>, _ range: NumberRange, synonyms: [String], _ summary: String
    ) -> Hyperparameter {
        Hyperparameter(
            name, synonyms: synonyms, values: range.inWords, summary,
            write: { options, text throws(OptionError) in
                guard let value = Double(text), range.contains(value) else { return false }
                options[keyPath: place] = value
                return true
            },
            read: { options in options[keyPath: place].map { "\($0)" } })
    }

    static func choice<Choice: NamedChoice>(
        _ name: String, _ place: any Place<Choice>, synonyms: [String], _ summary: String,
        kinds: [TaskKind] = TaskKind.allCases
    ) -> Hyperparameter {
        Hyperparameter(
            name, synonyms: synonyms, values: Choice.allCases.map(\.rawValue).joined(separator: ", "), summary,
            kinds: kinds,
            write: { options, text throws(OptionError) in
                options[keyPath: place] = try Choice(named: text, field: name)
                return true
            },
            read: { $0[keyPath: place].rawValue })
    }

    private static func inWords(_ range: ClosedRange<Int>) -> String {
        range.upperBound == .max
            ? "a whole number from \(range.lowerBound)"
            : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }

    /// Programs write `3.0` where they mean 3.
    private static func wholeNumber(_ text: String) -> Int? {
        Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
    }
}
