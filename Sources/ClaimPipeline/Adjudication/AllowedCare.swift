package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// The claims that services were allowed for, by signature: those on record and those decided earlier in the same
/// transaction.
package struct AllowedServices {
  /// Keyed by exact and near signatures alike: no digest is of both kinds.
  private var claimsBySignature: [String: Set<ClaimIntakeID>] = [:]
  private let signaturesByDigest: [String: [Int: SignatureDigests]]
  /// Whether any plan compares care that is nearly the same.
  private let plansCompare: Bool

  /// - Parameter claims: each claim with its row and the member's enrollments.
  init(_ claims: [(claim: SubmittedClaim, row: ClaimRow, spans: [Coverage])], by ruleset: Ruleset) {
    let plansAsk = ruleset.plans.values.contains { !SignatureDigests.Sought(by: $0).isEmpty }
    plansCompare = ruleset.plans.values.contains { $0.nearDuplicates != nil }
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
  }

  /// The signatures to look for among the lines on record.
  var sought: (exact: [String], near: [String]) {
    let all = signaturesByDigest.values.flatMap(\.values)
    // A line with a near signature always has an exact one too.
    return (
      Array(Set(all.map(\.exact)).subtracting([""])),
      Array(Set(all.flatMap { $0.days.flatMap(\.excluded) + $0.neighbors }))
    )
  }

  /// Adds the claims on record that services were allowed for.
  mutating func add(_ allowed: [String: Set<ClaimIntakeID>]) { claimsBySignature.merge(allowed) { $0.union($1) } }

  /// The patient's number in the member directory, whatever number the claim gives.
  package static func member(of claim: ClaimRow, among spans: [Coverage]) -> MemberID {
    spans.first?.memberID ?? claim.memberID
  }

  /// The signatures of a claim's lines, by line number.
  func signatures(of claim: SubmittedClaim) -> [Int: SignatureDigests] { signaturesByDigest[claim.digest] ?? [:] }

  /// The care days of all the claims.
  var careDays: Set<String> {
    Set(signaturesByDigest.values.flatMap(\.values).flatMap(\.days).map(\.careDay)).subtracting([""])
  }

  /// The lines of a claim whose services were already allowed for another claim.
  ///
  /// - Parameter own: the claim itself and those it replaces.
  func duplicates(in claim: SubmittedClaim, besides own: [ClaimIntakeID]) -> Set<Int> {
    Set(
      signatures(of: claim).filter { _, signature in
        !allowed(signature.exact).isSubset(of: own)
      }.keys)
  }

  /// Whether each line of a claim was allowed for another claim in every part.
  func isAllowed(_ claim: SubmittedClaim, for other: ClaimIntakeID) -> Bool {
    let signatures = signatures(of: claim)
    return claim.lines.allSatisfy { line in
      signatures[line.number].map { allowed($0.exact).contains(other) } ?? false
    }
  }

  /// For each line of anesthesia, the claims that were allowed a share that is not paid in addition to it.
  ///
  /// - Parameter own: the claim itself and those it replaces.
  func anesthesiaElsewhere(for claim: SubmittedClaim, besides own: [ClaimIntakeID]) -> [Int: Set<ClaimIntakeID>] {
    signatures(of: claim).compactMapValues { signature in
      signature.neighbors.isEmpty ? others(beside: signature, besides: own) : nil
    }
  }

  /// For each line of a claim, the claims whose care has to be compared with it: those that were allowed care of the same
  /// member and code on its days or the day beside them. A line with only a revenue code is compared with the claims that
  /// the claim's other lines have something in common with.
  ///
  /// - Parameter own: the claim itself and those it replaces.
  func resembling(_ claim: SubmittedClaim, besides own: [ClaimIntakeID] = []) -> [Int: Set<ClaimIntakeID>] {
    guard plansCompare else { return [:] }
    let signatures = signatures(of: claim)
    var found = signatures.compactMapValues { signature in
      signature.neighbors.isEmpty ? nil : others(beside: signature, besides: own)
    }
    let bare = claim.isInpatient ? [] : claim.lines.filter { $0.procedure == nil }.map(\.number)
    guard !bare.isEmpty else { return found }
    let related = signatures.values.reduce(into: Set(found.values.joined())) { $0.formUnion(allowed($1.exact)) }
    for number in bare {
      let others = related.subtracting(own).subtracting(signatures[number].map { allowed($0.exact) } ?? [])
      if !others.isEmpty { found[number] = others }
    }
    return found
  }

  /// All claims that the care of these claims has to be compared with.
  func resembling(_ claims: [SubmittedClaim]) -> Set<ClaimIntakeID> {
    claims.reduce(into: []) { all, claim in all.formUnion(resembling(claim).values.joined()) }
  }

  /// The claims that were allowed what a line is compared with by day, but not the line itself in every part.
  ///
  /// A day that was allowed for the claim's own predecessor is left out: the predecessor was already compared with the
  /// other claim, and a corrected price is not a new service.
  private func others(beside signature: SignatureDigests, besides own: [ClaimIntakeID]) -> Set<ClaimIntakeID>? {
    let asked = signature.days.filter { allowed($0.near).isDisjoint(with: own) }
    guard !asked.isEmpty else { return nil }
    let neighbors = asked.count == signature.days.count ? signature.neighbors : []
    let others = Set((asked.flatMap(\.excluded) + neighbors).flatMap(allowed)).subtracting(allowed(signature.exact))
      .subtracting(own)
    return others.isEmpty ? nil : others
  }

  /// Removes claims that were replaced.
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
