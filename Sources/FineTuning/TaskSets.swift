import Foundation
import Tasks

/// How the sets of a task are called, and in which order they come.
enum TaskSets {
    static let training = "train"

    /// The files of a request under the names of their sets: the training set, then the one that picks the best checkpoint.
    static func files(of request: TrainingRequest) -> [(role: DataRole, set: String, url: URL)] {
        DataRole.allCases.compactMap { role in
            request.files[role].map { (role, name(of: role), $0) }
        }
    }

    static func name(of role: DataRole) -> String {
        role.rawValue.replacing("-", with: "_")
    }
}
