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
