import BankSimulator
import Testing

extension Office {
  /// Checks that no invariant of the store is broken and that the bank's books agree with it.
  func verifiesClean(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await verifiesClean(arguments, sourceLocation: sourceLocation)
  }

  func verifiesClean(_ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let verification = try await claims(["verify"] + arguments)
    #expect(
      verification.way == .exited(0) && verification.text.contains("every invariant holds"),
      "\(verification.text)\(verification.errors)", sourceLocation: sourceLocation)
  }

  /// Checks in the bank's own books that it has paid this many claims, each of them once.
  func bankPaid(
    _ count: Int, in name: String = "claims.bank.db", sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let transfers = try await bank(name).transfers()
    #expect(transfers.count == count, sourceLocation: sourceLocation)
    #expect(Set(transfers.map(\.reference)).count == count, sourceLocation: sourceLocation)
    #expect(transfers.allSatisfy { $0.direction == .out }, sourceLocation: sourceLocation)
  }
}
