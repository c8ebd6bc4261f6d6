package import Messages

/// What does the work of a worker, driven by the thread that owns its socket: rows of many leases, or one run at a time.
///
/// No call blocks but `close`, and none comes from another thread.
package protocol Desk: AnyObject {
    /// Readable when `turn` has something to do.
    var descriptor: Int32 { get }
    /// Models in memory.
    var models: [Digest] { get }

    /// Takes a lease on; one that is held already changes nothing.
    func take(_ lease: Lease) -> [LeaseReport]

    /// Forgets leases that are no longer wanted.
    func drop(_ fences: [Fence])

    /// Takes in what its threads have done, and gives them what there is to do.
    func turn() -> [LeaseReport]

    /// The worker is leaving: gives back what has not been started, and ends early what can be ended early.
    func leave() -> [LeaseReport]

    /// The grace is over: gives back everything.
    func giveUp() -> [LeaseReport]

    /// Waits for what is in hand and ends the threads; nothing may be called afterwards.
    func close()
}
