package import Messages

/// How a lease ended, as the broker is told.
package struct LeaseReport: Sendable {
    package let fence: Fence
    package let message: FromWorker
    /// One for each chunk of a finished lease.
    package let tensors: [[UInt8]]

    package static func finished(_ finished: Finished, tensors: [[UInt8]]) -> LeaseReport {
        LeaseReport(fence: finished.fence, message: .finished(finished), tensors: tensors)
    }

    package static func unfinished(_ fence: Fence, _ reason: Unfinished.Reason, _ error: ServiceError) -> LeaseReport {
        LeaseReport(
            fence: fence, message: .unfinished(Unfinished(fence: fence, reason: reason, error: error)), tensors: [])
    }
}
