/// A saga to be written over the one that was read.
public struct SagaChange: Hashable, Sendable {
  public let to: SagaRecord
  /// Nil for a saga that begins.
  public let over: SagaRecord?

  public init(_ to: SagaRecord, over: SagaRecord?) {
    self.to = to
    self.over = over
  }
}
