package import Messages

/// Why a lease cannot be done here.
package struct LeaseFailure: Error, Sendable {
    /// `refused`: this worker lacks something, another may have it. `failed`: no worker can. `returned`: not now.
    package let reason: Unfinished.Reason
    package let error: ServiceError

    package init(_ reason: Unfinished.Reason, _ error: ServiceError) {
        self.reason = reason
        self.error = error
    }
}
