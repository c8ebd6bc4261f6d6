import Yams

/// Where something stands in a file; both count from 1, columns in Unicode scalars.
package struct Place: Sendable, Hashable, Comparable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (left: Place, right: Place) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

extension Place {
    static let beginning = Place(line: 1, column: 1)

    init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}

/// Something said of a place; of none where what it is about stands in no file.
package struct Placed<Subject: Sendable & Equatable & CustomStringConvertible>: Sendable, Equatable {
    package let place: Place?
    package let subject: Subject

    init(_ subject: Subject, at place: Place?) {
        self.place = place
        self.subject = subject
    }

    /// `sweep.yaml:7:5: sentence`
    func line(in path: String) -> String {
        place.map { "\(path):\($0.line):\($0.column): \(subject)" } ?? "\(subject)"
    }
}

extension Placed: Error where Subject: Error {}

typealias PlacedFault = Placed<SweepFileFault>
