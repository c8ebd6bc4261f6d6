import Messages
import Terminal

extension JobSummary {
    var json: JSON {
        .object([
            ("job_id", .string(address.jobID.string)), ("client_id", .string(address.clientID.string)),
            ("group", .string(address.group.string)), ("kind", .string(kind)),
            ("model", .optional(model) { .string($0.description) }), ("priority", .string(priority.rawValue)),
            ("state", .string(state.rawValue)), ("rows", .int(rows)), ("rows_done", .int(rowsDone)),
            ("accepted_at", .string(Print.time(acceptedAt))),
            ("finished_at", .optional(finishedAt) { .string(Print.time($0)) }), ("lost_workers", .int(lostWorkers)),
            ("error", .optional(error) { $0.json }), ("result", .optional(result) { .string($0.description) }),
            ("checkpoint", .optional(checkpoint) { .string($0.digest.hex) }),
            ("checkpoint_step", .optional(checkpoint) { .int($0.step) }),
        ])
    }

    var fields: [(String, String)] {
        var fields = [
            ("job", address.jobID.string), ("state", state.rawValue),
            ("rows", "\(Quantity.count(rowsDone)) of \(Quantity.count(rows)) done"), ("kind", kind),
            ("model", model?.description ?? "-"), ("priority", priority.rawValue), ("client", address.clientID.string),
            ("group", address.group.string), ("accepted", Print.time(acceptedAt)),
        ]
        if let finishedAt {
            let duration = Quantity.duration(finishedAt.duration(since: acceptedAt))
            fields.append(("finished", "\(Print.time(finishedAt)), after \(duration)"))
        }
        if lostWorkers > 0 { fields.append(("lost workers", "\(lostWorkers)")) }
        if let result { fields.append(("result", result.description)) }
        if let checkpoint {
            fields.append(
                ("checkpoint", "step \(Quantity.count(checkpoint.step)), \(checkpoint.digest.hex.prefix(12))"))
        }
        if let error { fields.append(("error", "\(error.code.rawValue): \(error.message)")) }
        return fields
    }

    /// Throws unless the job succeeded.
    func checkVerdict() throws {
        guard state != .succeeded else { return }
        let reason = error.map { ": \($0.message)" } ?? ""
        throw Failure.jobEnded(
            "job '\(address.jobID)' \(state == .cancelled ? "was cancelled" : "is \(state.rawValue)")\(reason)")
    }
}

extension ServiceError {
    var json: JSON {
        .object([
            ("code", .string(code.rawValue)), ("message", .string(message)),
            ("field", .optional(field) { .string($0) }),
            ("retryable", .bool(isRetryable)),
        ])
    }
}
