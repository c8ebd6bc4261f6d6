/// Everything that is wrong with a sweep's file, in the order of the file.
package struct SweepFileError: Error, Equatable, Sendable {
    package let path: String
    /// Never empty.
    package let faults: [Placed<SweepFileFault>]

    init(path: String, faults: [PlacedFault]) {
        precondition(!faults.isEmpty, "0 faults, expected at least 1")
        self.path = path
        self.faults = faults.sorted { ($0.place ?? .beginning) < ($1.place ?? .beginning) }
    }
}

extension SweepFileError: CustomStringConvertible {
    /// Faults that are told; what comes after them follows from them, or fills the screen.
    private static let mostLines = 20

    /// A line a fault.
    package var description: String {
        var lines = faults.prefix(Self.mostLines).map { $0.line(in: path) }
        if faults.count > lines.count { lines.append("\(path): and \(faults.count - lines.count) more of the like") }
        return lines.joined(separator: "\n")
    }
}
