import ClaimStore
import ClaimsDomain
import DurableExecution

/// What other claims were allowed, by `CareDay`, for the edits of codes that look at a whole day: the lines on record, and
/// those of claims decided a moment ago in the same transaction. Nothing is read where no plan has such edits.
///
/// They are read after the year's totals, whose lock is the member's (`AccumulatorLedger`). So of two transactions that
/// decide claims of one member and day, the second sees what the first has allowed.
struct AllowedLines {
  /// By the digest of the day.
  private var linesByCareDay: [String: [EditedLine]] = [:]
  /// Claims that were allowed lines on a day, and whose text does not read.
  private var damagedByCareDay: [String: Set<ClaimIntakeID>] = [:]

  init(on careDays: Set<String>, in transaction: some ClaimTransaction) throws {
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

  /// Claims that a claim has to be looked at beside, and that nobody can read. Their lines are not among those of
  /// `besides`.
  ///
  /// - Parameters:
  ///   - own: the claim itself and those it replaces.
  ///   - signatures: of the claim.
  func damaged(besides own: [ClaimIntakeID], on signatures: [Int: SignatureDigests]) -> [ClaimIntakeID] {
    guard !damagedByCareDay.isEmpty else { return [] }
    return Set(signatures.values.flatMap(\.days).flatMap { damagedByCareDay[$0.careDay] ?? [] }).subtracting(own)
      .sorted()
  }

  /// - Parameters:
  ///   - signatures: of the claim that is to be decided.
  ///   - own: that claim itself and those it replaces.
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

  /// Claims whose place was taken.
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
