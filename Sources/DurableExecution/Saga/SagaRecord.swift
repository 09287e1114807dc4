/// Where a saga stands, as it is stored. A saga is a row of forward steps, each with the step that undoes it; both are
/// keyed activities, so a saga that is picked up anywhere after a crash does nothing twice.
package struct SagaRecord: Hashable, Sendable {
  /// What it is about: the root of the work.
  package let id: String
  package let name: String
  package let state: State
  /// The step it is at: the next forward step, or the next to undo.
  package let step: String
  /// Counts writes; a write over another version than the one before is refused.
  package let version: Int

  package enum State: String, Sendable, CaseIterable {
    case running
    /// A step was refused; what was done before is being undone.
    case compensating
    case completed
    case compensated
  }

  package init(id: String, name: String, state: State, step: String, version: Int) {
    self.id = id
    self.name = name
    self.state = state
    self.step = step
    self.version = version
  }
}
