/// What every trial of a sweep shares and no search changes: fixed parameters of these names, or flags.
package enum BaseName: String, Sendable, CaseIterable {
    case task, data, dev, test, model, text, text2, label

    /// What a trial cannot do without.
    ///
    /// The task is classification unless it is named, and columns have names of their own.
    package static let required: [BaseName] = [.data, .model]

    /// As it is given at a command line.
    package var flag: String {
        switch self {
        case .task: "--task NAME"
        case .data, .dev, .test: "--\(rawValue) FILE"
        case .model: "--model NAME"
        case .text, .text2, .label: "--\(rawValue) COLUMN"
        }
    }
}
