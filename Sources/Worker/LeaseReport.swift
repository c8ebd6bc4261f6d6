package import Messages

/// What the broker is told of a lease: how it ended, or of a run what happens meanwhile.
package struct LeaseReport: Sendable {
    package let fence: Fence
    package let message: FromWorker
    /// One for each chunk of a finished lease.
    package let tensors: [[UInt8]]

    package static func finished(_ finished: Finished, tensors: [[UInt8]] = []) -> LeaseReport {
        LeaseReport(fence: finished.fence, message: .finished(finished), tensors: tensors)
    }

    package static func unfinished(
        _ fence: Fence, _ reason: Unfinished.Reason, _ error: ServiceError
    ) -> LeaseReport {
        LeaseReport(
            fence: fence, message: .unfinished(Unfinished(fence: fence, reason: reason, error: error)), tensors: [])
    }

    package static func told(_ report: RunReport) -> LeaseReport {
        LeaseReport(fence: report.fence, message: .report(report), tensors: [])
    }
}
