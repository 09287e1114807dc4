import ClaimsDomain

/// A claim of an 835 while its segments are read: loop 2100, then any number of loops 2110.
struct StatedClaimDraft {
  private var claim: StatedClaim
  private var line: StatedLine?
  private var segments = 0

  init(clp segment: X12Segment, ordinal: Int) {
    claim = StatedClaim(ordinal: ordinal, segment: segment.number)
    claim.claimNumber = segment.brief(1)
    claim.status = segment.brief(2)
    claim.charge = reading { () throws(ClaimProblem) in try segment.requiredAmount(3) }
    claim.paid = reading { () throws(ClaimProblem) in try segment.requiredAmount(4) }
    claim.lacksPayment = segment.text(4) == nil
    claim.responsibility = reading { () throws(ClaimProblem) in try segment.amount(5) } ?? nil
    claim.filingIndicator = segment.brief(6)
    claim.controlNumber = segment.brief(7)
    claim.facilityCode = segment.brief(8)
    claim.frequency = segment.brief(9)
    if let flaw = segment.flaw { note(segment.problem(flaw.reason)) }
  }

  var finished: StatedClaim {
    var claim = claim
    if let line { claim.lines.append(line) }
    return claim
  }

  mutating func take(_ segment: X12Segment) {
    segments += 1
    guard segments <= X12Limits.segmentsPerRemittedClaim else {
      if segments == X12Limits.segmentsPerRemittedClaim + 1 {
        note(segment.problem("the claim has more than \(X12Limits.segmentsPerRemittedClaim) segments"))
      }
      return
    }
    if let flaw = segment.flaw, ["SVC", "CAS"].contains(segment.name) { return note(segment.problem(flaw.reason)) }
    switch segment.name {
    case "SVC": open(svc: segment)
    case "CAS": take(cas: segment)
    default: if line == nil { takeOfClaim(segment) } else { takeOfLine(segment) }
    }
  }

  private mutating func open(svc segment: X12Segment) {
    if let line { claim.lines.append(line) }
    line = nil
    guard claim.lines.count < X12Limits.linesPerRemittedClaim else {
      return note(segment.problem("the claim has more than \(X12Limits.linesPerRemittedClaim) lines"))
    }
    var opened = StatedLine(segment: segment.number)
    opened.procedure = segment.procedure(1)
    opened.revenueCode = segment.brief(4)
    opened.unitsPaid = segment.quantity(5)
    opened.unitsSubmitted = segment.quantity(7)
    line = opened
    let charge = reading { () throws(ClaimProblem) in try segment.requiredAmount(2) }
    let paid = reading { () throws(ClaimProblem) in try segment.requiredAmount(3) }
    line?.charge = charge
    line?.paid = paid
  }

  private mutating func take(cas segment: X12Segment) {
    let adjustments = segment.adjustments { note($0) }
    if line == nil { claim.adjustments += adjustments } else { line?.adjustments += adjustments }
  }

  private mutating func takeOfClaim(_ segment: X12Segment) {
    switch segment.name {
    case "NM1": take(nm1: segment)
    case "MOA": claim.remarks = .outpatient((3...7).compactMap { segment.brief($0) })
    case "MIA":
      claim.remarks = .inpatient(
        coveredDays: segment.bytes(1).decimal ?? 0, [5, 20, 21, 22, 23].compactMap { segment.brief($0) })
    case "REF": if let reference = segment.reference() { claim.references.append(reference) }
    case "AMT": if let amount = segment.supplementalAmount() { claim.amounts.append(amount) }
    case "DTM":
      switch segment.code(1) {
      case "232": claim.statementFrom = segment.day(2)
      case "233": claim.statementTo = segment.day(2)
      case "050": claim.receivedOn = segment.day(2)
      default: break
      }
    default: break
    }
  }

  private mutating func take(nm1 segment: X12Segment) {
    switch segment.code(1) {
    case "QC": claim.patient = segment.person()
    case "IL": claim.insured = segment.person()
    case "82":
      claim.serviceProvider = RemittedProvider(
        name: segment.brief(3) ?? "", first: segment.brief(4), isPerson: segment.code(2) == "1",
        npi: segment.brief(9) ?? "")
    default: break
    }
  }

  private mutating func takeOfLine(_ segment: X12Segment) {
    switch segment.name {
    case "DTM":
      switch segment.code(1) {
      case "472":
        line?.firstDay = segment.day(2)
        line?.lastDay = segment.day(2)
      case "150": line?.firstDay = segment.day(2)
      case "151": line?.lastDay = segment.day(2)
      default: break
      }
    case "REF":
      guard let reference = segment.reference() else { return }
      if reference.qualifier == "6R" {
        line?.controlNumber = reference.value
      } else {
        line?.references.append(reference)
      }
    case "AMT": if let amount = segment.supplementalAmount() { line?.amounts.append(amount) }
    case "LQ": if segment.code(1) == "HE", let remark = segment.brief(2) { line?.remarks.append(remark) }
    default: break
    }
  }

  private mutating func reading<Value>(_ read: () throws(ClaimProblem) -> Value) -> Value? {
    do throws(ClaimProblem) {
      return try read()
    } catch {
      note(error)
      return nil
    }
  }

  private mutating func note(_ problem: ClaimProblem) {
    guard claim.problems.count < 100 else { return }
    let position = line == nil ? nil : claim.lines.count + 1
    claim.problems.append(StatedProblem(location: problem.location, reason: problem.reason, line: position))
  }
}
