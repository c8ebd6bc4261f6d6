/// What a run is to do after an event.
package enum RunOrder: Sendable {
    case goOn
    /// Write a checkpoint after the step that is being computed, and end as `stopped`.
    case saveAndStop
}
