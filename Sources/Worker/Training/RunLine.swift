/// A lane's side of a run: what it tells, and what it is told.
package struct RunLine {
    let orders: RunOrders
    let tell: (RunNews) -> Void

    /// Whether the run is to end early.
    var isToStop: Bool { orders.order != .goOn }
}
