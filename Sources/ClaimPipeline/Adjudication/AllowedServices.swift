package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// Which services other claims were allowed for, by signature: those on record, and those of claims decided a moment
/// ago in the same transaction.
package struct AllowedServices {
  /// By both kinds of signature: no digest is of two kinds.
  private var claimsBySignature: [String: Set<ClaimIntakeID>]
  private let signaturesByDigest: [String: [Int: SignatureDigests]]

  /// - Parameter claims: each with its row, and with the member's enrolments.
  init(
    _ claims: [(claim: SubmittedClaim, row: ClaimRow, spans: [Coverage])], by ruleset: Ruleset,
    in transaction: some ClaimTransaction
  ) throws {
    let plansAsk = ruleset.plans.values.contains { !SignatureDigests.Sought(by: $0).isEmpty }
    var signatures: [String: [Int: SignatureDigests]] = [:]
    for (claim, row, spans) in claims {
      let member = Self.member(of: row, among: spans)
      signatures[claim.digest] = Dictionary(
        claim.lines.map { line in
          let plan = plansAsk ? ruleset.plan(of: line, in: claim, among: spans) : nil
          return (line.number, SignatureDigests(of: line, in: claim, member: member, seeking: .init(by: plan)))
        }, uniquingKeysWith: { first, _ in first })
    }
    signaturesByDigest = signatures
    let all = signatures.values.flatMap(\.values)
    let (exact, near) = (Set(all.map(\.exact)).subtracting([""]), Set(all.flatMap(\.days).flatMap(\.excluded)))
    // A line of a near signature has an exact one too.
    claimsBySignature = try exact.isEmpty ? [:] : transaction.allowedServices(Array(exact), near: Array(near))
  }

  /// The number that the directory knows the patient by, whatever number the claim names.
  package static func member(of claim: ClaimRow, among spans: [Coverage]) -> MemberID {
    spans.first?.memberID ?? claim.memberID
  }

  /// By line number.
  func signatures(of claim: SubmittedClaim) -> [Int: SignatureDigests] { signaturesByDigest[claim.digest] ?? [:] }

  /// Of all the claims.
  var careDays: Set<String> {
    Set(signaturesByDigest.values.flatMap(\.values).flatMap(\.days).map(\.careDay)).subtracting([""])
  }

  /// The lines of a claim that another claim was allowed for.
  ///
  /// - Parameter own: the claim itself and those it replaces.
  func duplicates(in claim: SubmittedClaim, besides own: [ClaimIntakeID]) -> Set<Int> {
    Set(
      signatures(of: claim).filter { _, signature in
        !allowed(signature.exact).isSubset(of: own)
      }.keys)
  }

  /// The lines of a claim whose care other claims were allowed for by the near signature, and not by the exact one; with
  /// those claims.
  ///
  /// None is care of a day that the claim's own predecessor was allowed for: it stood beside the other claim, so it has
  /// been asked about, and a corrected price is no new service.
  ///
  /// - Parameter own: the claim itself and those it replaces.
  func nearDuplicates(in claim: SubmittedClaim, besides own: [ClaimIntakeID]) -> [Int: Set<ClaimIntakeID>] {
    signatures(of: claim).compactMapValues { signature in
      let asked = signature.days.filter { allowed($0.near).isDisjoint(with: own) }
      guard !asked.isEmpty else { return nil }
      let others = Set(asked.flatMap(\.excluded).flatMap(allowed)).subtracting(allowed(signature.exact))
        .subtracting(own)
      return others.isEmpty ? nil : others
    }
  }

  /// Claims whose place was taken.
  mutating func forget(_ replaced: [ClaimIntakeID]) {
    guard !replaced.isEmpty else { return }
    claimsBySignature = claimsBySignature.mapValues { $0.subtracting(replaced) }
  }

  private func allowed(_ signature: String) -> Set<ClaimIntakeID> { claimsBySignature[signature] ?? [] }

  mutating func allow(_ claim: SubmittedClaim, as id: ClaimIntakeID, by decision: Decision) {
    let signatures = signatures(of: claim)
    for line in decision.lines where !line.isDenied {
      guard let signature = signatures[line.number] else { continue }
      for digest in [signature.exact] + signature.days.map(\.near) where !digest.isEmpty {
        claimsBySignature[digest, default: []].insert(id)
      }
    }
  }
}
