/// The forward steps of a saga and the step that undoes each. A saga is pure: it determines what comes next, and its
/// caller stores and performs it.
package struct Saga: Hashable, Sendable {
  package let name: String
  package let steps: [Step]

  package struct Step: Hashable, Sendable {
    package let name: String
    /// The activity that undoes the step; nil if the step leaves nothing to undo.
    package let compensation: String?

    package init(_ name: String, undoneBy compensation: String? = nil) {
      self.name = name
      self.compensation = compensation
    }
  }

  package init(_ name: String, steps: [Step]) {
    self.name = name
    self.steps = steps
  }

  /// Returns a new saga at its first step.
  package func begun(id: String) -> SagaRecord {
    SagaRecord(id: id, name: name, state: .running, step: steps.first?.name ?? "", version: 1)
  }

  /// Returns the saga at its first step again, after a person has permitted a refused step to be retried.
  package func restarted(_ record: SagaRecord) -> SagaRecord {
    moved(record, to: .running, step: steps.first?.name ?? "")
  }

  /// Returns the saga after its current step, forward or undoing, is done.
  package func advanced(_ record: SagaRecord) -> SagaRecord {
    switch record.state {
    case .running:
      let position = steps.firstIndex { $0.name == record.step } ?? steps.endIndex
      guard position + 1 < steps.endIndex else { return moved(record, to: .completed, step: record.step) }
      return moved(record, to: .running, step: steps[position + 1].name)
    case .compensating:
      let undone = steps.firstIndex { $0.compensation == record.step } ?? steps.startIndex
      return compensating(record, before: undone)
    case .completed, .compensated:
      return record
    }
  }

  /// Returns the saga after its current step is refused: the steps before it are undone, last first.
  package func refused(_ record: SagaRecord) -> SagaRecord {
    compensating(record, before: steps.firstIndex { $0.name == record.step } ?? steps.startIndex)
  }

  private func compensating(_ record: SagaRecord, before position: Int) -> SagaRecord {
    guard let undo = steps[..<position].last(where: { $0.compensation != nil })?.compensation else {
      return moved(record, to: .compensated, step: record.step)
    }
    return moved(record, to: .compensating, step: undo)
  }

  private func moved(_ record: SagaRecord, to state: SagaRecord.State, step: String) -> SagaRecord {
    SagaRecord(id: record.id, name: record.name, state: state, step: step, version: record.version + 1)
  }
}

/// The stored state of a saga. A saga is a list of forward steps, each with the step that undoes it. Both are keyed
/// activities, so a saga that resumes anywhere after a crash does nothing twice.
package struct SagaRecord: Hashable, Sendable {
  /// The id of the subject of the saga: the root of the work.
  package let id: String
  package let name: String
  package let state: State
  /// The current step: the next forward step, or the next undoing step.
  package let step: String
  /// Counts writes. A write over any version but the previous one is refused.
  package let version: Int

  package enum State: String, Sendable, CaseIterable {
    case running
    /// A step was refused, and the steps before it are being undone.
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

/// A saga that replaces the one that was read.
package struct SagaChange: Hashable, Sendable {
  package let to: SagaRecord
  /// The saga that was read; nil for a saga that begins.
  package let over: SagaRecord?

  package init(_ to: SagaRecord, over: SagaRecord?) {
    self.to = to
    self.over = over
  }
}
