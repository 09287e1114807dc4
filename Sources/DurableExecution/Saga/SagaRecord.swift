/// Where a saga stands, as it is stored. A saga is a row of forward steps, each with the step that undoes it; both are
/// keyed activities, so a saga that is picked up anywhere after a crash does nothing twice.
public struct SagaRecord: Hashable, Sendable {
  /// What it is about: the root of the work.
  public let id: String
  public let name: String
  public let state: State
  /// The step it is at: the next forward step, or the next to undo.
  public let step: String
  /// Counts writes; a write over another version than the one before is refused.
  public let version: Int

  public enum State: String, Sendable, CaseIterable {
    case running
    /// A step was refused; what was done before is being undone.
    case compensating
    case completed
    case compensated
  }

  public init(id: String, name: String, state: State, step: String, version: Int) {
    self.id = id
    self.name = name
    self.state = state
    self.step = step
    self.version = version
  }
}
