/// What the payers before us decided about a claim, checked to the cent and told by line. On a line
/// charge = paid + Σ CAS; on the claim paid = Σ of its lines - Σ CAS of the claim, for each of them
/// (837 TR3 005010X222 and X223, 1.4.1.1, coordination of benefits data model and balancing).
package struct OtherPayerAccount {
  /// By line number.
  let payments: [Int: PriorPayment]

  /// - Throws: `SuspenseReason` when it cannot be told by line, or does not add up.
  package init(of claim: SubmittedClaim) throws(SuspenseReason) {
    let payers = claim.otherPayers ?? []
    guard let last = payers.last, payers.allSatisfy({ $0.paid != nil }), Set(payers.map(\.id)).count == payers.count
    else { throw .otherPayerFirst }
    let ids = Set(payers.map(\.id))
    for line in claim.lines {
      let named = (line.otherPayers ?? []).map(\.payer)
      guard Set(named).count == named.count, ids.isSuperset(of: named) else { throw .otherPayerUnbalanced }
    }
    var accounts: [PayerID: [Int: PriorPayment]] = [:]
    for payer in payers { accounts[payer.id] = try Self.payments(by: payer, of: claim) }
    do {
      var payments: [Int: PriorPayment] = [:]
      for line in claim.lines {
        payments[line.number] = PriorPayment(
          paid: try payers.map { accounts[$0.id]?[line.number]?.paid ?? .zero }.total(),
          memberOwes: accounts[last.id]?[line.number]?.memberOwes ?? .zero)
      }
      self.payments = payments
    } catch {
      throw .otherPayerUnbalanced
    }
  }

  private static func payments(
    by payer: OtherPayer, of claim: SubmittedClaim
  ) throws(SuspenseReason) -> [Int: PriorPayment] {
    let told = claim.lines.compactMap { line in
      line.otherPayers?.first { $0.payer == payer.id }.map { (line: line, decision: $0) }
    }
    guard told.isEmpty else {
      // Which lines the adjustments of the whole claim are from, nobody has said.
      guard told.count == claim.lines.count, payer.adjustments.isEmpty else { throw .otherPayerNotByLine }
      var payments: [Int: PriorPayment] = [:]
      for (line, decision) in told {
        payments[line.number] = try payment(decision.paid, decision.adjustments, of: line)
      }
      guard (try? told.map(\.decision.paid).total()) == payer.paid else { throw .otherPayerUnbalanced }
      return payments
    }
    // Of a claim of one line, what is said of the claim is said of the line.
    guard let line = claim.lines.first, claim.lines.count == 1 else { throw .otherPayerNotByLine }
    return [line.number: try payment(payer.paid ?? .zero, payer.adjustments, of: line)]
  }

  private static func payment(
    _ paid: Money, _ adjustments: [OtherPayerAdjustment], of line: ServiceLine
  ) throws(SuspenseReason) -> PriorPayment {
    let left = adjustments.filter(\.isPatientResponsibility)
    guard !paid.isNegative, (try? paid + adjustments.map(\.amount).total()) == line.charge,
      let owes = try? left.map(\.amount).total(), !owes.isNegative
    else { throw .otherPayerUnbalanced }
    return PriorPayment(paid: paid, memberOwes: owes)
  }
}
