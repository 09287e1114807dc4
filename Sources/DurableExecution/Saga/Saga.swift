/// The forward steps of a saga and what undoes each. Pure: it says what comes next, and somebody stores and does it.
package struct Saga: Hashable, Sendable {
  package let name: String
  package let steps: [Step]

  package struct Step: Hashable, Sendable {
    package let name: String
    /// The activity that undoes it; nil for a step that leaves nothing to undo.
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

  /// The saga as it begins: at its first step.
  package func begun(id: String) -> SagaRecord {
    SagaRecord(id: id, name: name, state: .running, step: steps.first?.name ?? "", version: 1)
  }

  /// From its first step again, after a person has let a refused step be tried once more.
  package func restarted(_ record: SagaRecord) -> SagaRecord {
    moved(record, to: .running, step: steps.first?.name ?? "")
  }

  /// After the step it is at was done, forward or back.
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

  /// After the step it is at was refused: undo what was done before it, last first.
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

/// A saga to be written over the one that was read.
package struct SagaChange: Hashable, Sendable {
  package let to: SagaRecord
  /// Nil for a saga that begins.
  package let over: SagaRecord?

  package init(_ to: SagaRecord, over: SagaRecord?) {
    self.to = to
    self.over = over
  }
}
