import ModelFiles

extension FineTuningError {
    /// A file of the run itself.
    init(_ error: ModelFileError) {
        switch error {
        case .unwritable(let file, let reason): self = .unwritable(file: file, reason: reason)
        case .unreadable(let file, let reason): self = .unreadable(file: file, reason: reason)
        default: self = .model(reason: "\(error)")
        }
    }
}
