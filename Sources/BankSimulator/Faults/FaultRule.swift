package import BankProtocol

/// One rule of a fault plan: the fault, the operation, and the frequency.
package struct FaultRule: Hashable, Sendable {
  package var kind: FaultKind
  /// The operation; nil for every operation.
  package var operation: BankOperation?
  /// The share of requests that the fault affects, from 0 to 1.
  package var rate: Double
  /// The maximum number of times that the fault fires.
  package var limit: Int?

  package init(_ kind: FaultKind, in operation: BankOperation?, rate: Double = 1, limit: Int? = nil) {
    self.kind = kind
    self.operation = operation
    self.rate = rate
    self.limit = limit
  }

  func concerns(_ asked: BankOperation) -> Bool {
    operation == nil || operation == asked
  }
}

extension FaultRule: CustomStringConvertible {
  /// The rule as it is written in a fault plan.
  package var description: String {
    let count = limit.map { ":count=\($0)" } ?? ""
    return "\(kind):\(operation?.rawValue ?? "any"):\(rate)\(count)"
  }

  /// - Throws: `FaultPlanError` naming the part that cannot be read.
  package init(parsing text: Substring) throws(FaultPlanError) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 2 else { throw .noOperation(String(text)) }
    guard let kind = FaultKind(parsing: parts[0]) else { throw .unknownFault(parts[0]) }
    let operation = BankOperation(rawValue: parts[1])
    guard operation != nil || parts[1] == "any" else { throw .unknownOperation(parts[1]) }

    self.init(kind, in: operation)
    for part in parts.dropFirst(2) {
      if part.hasPrefix("count=") {
        guard let count = Int(part.dropFirst("count=".count)), count > 0 else { throw .badFrequency(part) }
        limit = count
      } else {
        guard let share = Double(part), share >= 0, share <= 1 else { throw .badFrequency(part) }
        rate = share
      }
    }
  }
}
