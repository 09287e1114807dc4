package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// The claims that services were allowed for, by signature: those on record and those decided earlier in the same
/// transaction.
package struct AllowedServices {
  /// Keyed by exact and near signatures alike: no digest is of both kinds.
  private var claimsBySignature: [String: Set<ClaimIntakeID>] = [:]
  private let signaturesByDigest: [String: [Int: SignatureDigests]]

  /// - Parameter claims: each claim with its row and the member's enrollments.
  init(_ claims: [(claim: SubmittedClaim, row: ClaimRow, spans: [Coverage])], by ruleset: Ruleset) {
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
  }

  /// The signatures to look for among the lines on record.
  var sought: (exact: [String], near: [String]) {
    let all = signaturesByDigest.values.flatMap(\.values)
    // A line with a near signature always has an exact one too.
    return (
      Array(Set(all.map(\.exact)).subtracting([""])), Array(Set(all.flatMap(\.days).flatMap(\.excluded)))
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

  /// The lines of a claim that match other claims by the near signature but not by the exact one, with those claims.
  ///
  /// A day that was allowed for the claim's own predecessor is left out: the predecessor was already compared with the
  /// other claim, and a corrected price is not a new service.
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

/// The lines allowed for other claims, by `CareDay`, for code edits that consider a whole day: the lines on record and
/// those of claims decided earlier in the same transaction. Nothing is read if no plan has such edits.
///
/// They are read after the year's totals, which lock the member (`AccumulatorLedger`). So when two transactions decide
/// claims of the same member and day, the second sees what the first has allowed.
struct AllowedLines {
  /// Keyed by the digest of the day.
  private var linesByCareDay: [String: [EditedLine]] = [:]
  /// Claims that have allowed lines on a day but whose stored text cannot be read.
  private var damagedByCareDay: [String: Set<ClaimIntakeID>] = [:]

  init(on careDays: Set<String>, in transaction: some AdjudicationRecords) throws {
    guard !careDays.isEmpty else { return }
    let allowed = try transaction.allowedLines(on: careDays.sorted())
    guard !allowed.isEmpty else { return }
    let bodies = try transaction.bodies(of: Array(Set(allowed.map(\.claimID))))
    let claims = bodies.reduce(into: [:]) { claims, stored in
      claims[stored.key] = try? SubmittedClaim(body: stored.value, of: stored.key)
    }
    for line in allowed {
      guard let claim = claims[line.claimID], let service = claim.lines.first(where: { $0.number == line.number })
      else {
        damagedByCareDay[line.careDay, default: []].insert(line.claimID)
        continue
      }
      guard let dates = claim.serviceDates(of: service),
        let day = CalendarDate(dayNumber: dates.first.dayNumber + line.daysAfterFirst), dates.contains(day)
      else {
        damagedByCareDay[line.careDay, default: []].insert(line.claimID)
        continue
      }
      keep(service, on: day, as: line.claimID, under: line.careDay)
    }
  }

  /// Claims that have to be compared with a claim but cannot be read. The result of `besides` does not include their
  /// lines.
  ///
  /// - Parameters:
  ///   - own: the claim itself and those it replaces.
  ///   - signatures: the signatures of the claim.
  func damaged(besides own: [ClaimIntakeID], on signatures: [Int: SignatureDigests]) -> [ClaimIntakeID] {
    guard !damagedByCareDay.isEmpty else { return [] }
    return Set(signatures.values.flatMap(\.days).flatMap { damagedByCareDay[$0.careDay] ?? [] }).subtracting(own)
      .sorted()
  }

  /// The lines allowed for other claims on the days of a claim.
  ///
  /// - Parameters:
  ///   - own: the claim itself and those it replaces.
  ///   - signatures: the signatures of the claim to be decided.
  func besides(_ own: [ClaimIntakeID], on signatures: [Int: SignatureDigests]) -> [EditedLine] {
    guard !linesByCareDay.isEmpty else { return [] }
    return Set(signatures.values.flatMap(\.days).map(\.careDay)).flatMap { linesByCareDay[$0] ?? [] }.filter { line in
      line.allowedOn.map { !own.contains($0) } ?? false
    }
  }

  mutating func allow(
    _ claim: SubmittedClaim, as id: ClaimIntakeID, by decision: Decision, on signatures: [Int: SignatureDigests]
  ) {
    let allowed = Set(decision.lines.filter { !$0.isDenied }.map(\.number))
    for line in claim.lines where allowed.contains(line.number) {
      guard let dates = claim.serviceDates(of: line), let digests = signatures[line.number]?.days else { continue }
      for (day, digest) in zip(dates.days, digests) where !digest.careDay.isEmpty {
        keep(line, on: day, as: id, under: digest.careDay)
      }
    }
  }

  /// Removes claims that were replaced.
  mutating func forget(_ replaced: [ClaimIntakeID]) {
    guard !replaced.isEmpty else { return }
    linesByCareDay = linesByCareDay.mapValues { lines in
      lines.filter { line in line.allowedOn.map { !replaced.contains($0) } ?? true }
    }
  }

  private mutating func keep(
    _ line: ServiceLine, on day: CalendarDate, as id: ClaimIntakeID, under careDay: String
  ) {
    guard let edited = EditedLine(line, on: day, allowedOn: id) else { return }
    linesByCareDay[careDay, default: []].append(edited)
  }
}
