import ClaimStore
import ClaimsDomain
import DurableExecution

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
