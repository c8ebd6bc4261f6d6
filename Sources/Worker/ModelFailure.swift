package import Messages

/// Why a model cannot be used here.
package struct ModelFailure: Error, Sendable {
    /// `refused`: this worker does not have it, another may. `failed`: it is broken, and no worker can.
    package let reason: Unfinished.Reason
    package let error: ServiceError

    package init(_ reason: Unfinished.Reason, _ error: ServiceError) {
        self.reason = reason
        self.error = error
    }
}
