/// Which jobs go first.
public enum Priority: String, CaseIterable, Sendable {
    /// Somebody waits for it.
    case interactive
    /// Takes what interactive work leaves.
    case bulk
}
