/// What is found in a file while it is read: reading goes on after a fault, so that one reading tells them all.
final class Findings {
    private(set) var faults: [PlacedFault] = []
    private(set) var warnings: [Placed<SweepFileWarning>] = []

    func fail(_ fault: SweepFileFault, at place: Place?) { faults.append(Placed(fault, at: place)) }

    func warn(_ warning: SweepFileWarning, at place: Place?) { warnings.append(Placed(warning, at: place)) }

    /// `nil` after a fault, which is kept.
    func attempt<Value>(_ body: () throws(PlacedFault) -> Value) -> Value? {
        do {
            return try body()
        } catch {
            faults.append(error)
            return nil
        }
    }
}
