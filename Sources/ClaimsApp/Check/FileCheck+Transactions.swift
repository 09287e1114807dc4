import ClaimFormats
import ClaimOperations
import ClaimsDomain

extension FileCheck {
  /// Checks claims by their guide, by the rules of intake, and by what their sender has agreed to.
  ///
  /// - Parameter passesOverForeign: whether a file that is about something else is no error, as when a folder is processed.
  mutating func checkClaims(_ bytes: any ClaimBytes, kind: String, passesOverForeign: Bool = false) throws {
    var reader = try ClaimFileReader(bytes, partners: partners, notesDeviations: true)
    var (claims, bad) = (0, 0)
    while let item = try reader.next() {
      if case .rejected = item {} else { try noteHeld() }
      switch item {
      case .claim(let claim, let location):
        claims += 1
        let warnings = partners.allWarnings(in: claim).map { finding($0, claim.claimNumber, at: location) }
        if let rejection = rejection(of: claim, at: location, made: reader.statedDay) {
          bad += 1
          try hold(rejection, warnings)
        } else {
          for warning in warnings { try note(warning) }
        }
      case .rejected(let rejection):
        claims += 1
        bad += 1
        try hold(rejection, made: reader.statedDay)
      case .fault(var fault):
        if passesOverForeign, reader.isForeign { fault.severity = .warning }
        try note(FileFinding(fault, in: name))
      }
    }
    try noteHeld()
    for deviation in reader.guideDeviations {
      let times = deviation.count == 1 ? "" : " (in \(deviation.count) places)"
      try note(
        FileFinding(file: name, place: "\(deviation.location)", what: deviation.reason + times, isWarning: true))
    }
    guard reader.format != nil else { return }
    if claims == 0, checked.errors == 0, checked.warnings == 0 {
      try note(FileFinding(file: name, place: nil, what: "there is no claim in it"))
    }
    conclude(kind, CheckedFile.Count(noun: "claim", count: claims, bad: bad))
  }

  private func finding(
    _ warning: PartnerFinding, _ number: ClaimNumber?, at location: SourceLocation
  ) -> FileFinding {
    FileFinding(
      file: name, place: "\(location)", claim: number?.text, what: warning.text(inX12: location.unit == .segment),
      isWarning: true)
  }

  /// Why intake rejects a claim; nil when it does not.
  private func rejection(
    of claim: SubmittedClaim, at location: SourceLocation, made: StatedDay?
  ) -> ClaimRejection? {
    do throws(ClaimRejection) {
      let received = if let stated, let made { try stated.day(of: claim, made) } else { received }
      return ClaimValidation(received: received, partners: partners).rejection(of: claim, at: location)
    } catch {
      var rejection = error
      let other = ClaimValidation(received: received, partners: partners).rejection(of: claim, at: location)
      if let other {
        rejection.further += [.init(location: other.location, reason: other.reason)] + other.further
      }
      return rejection
    }
  }

  /// Holds what is wrong with a claim that its reader rejects: what the reader says, and what can be checked of the rest.
  private mutating func hold(_ rejection: ClaimRejection, made: StatedDay?) throws {
    var rejection = rejection
    var received = received
    if let stated, let made {
      do throws(FileFault) {
        received = try stated.day(made)
      } catch {
        if let place = error.location { rejection.further.append(.init(location: place, reason: error.what)) }
      }
    }
    guard let claim = rejection.partial, let location = claim.location else { return try hold(rejection, []) }
    rejection.further += ClaimValidation(received: received, partners: partners).further(in: claim)
    try hold(rejection, partners.warnings(in: claim).map { finding($0, rejection.claimNumber, at: location) })
  }

  /// Reports the findings of the claim before this one, and holds those of this one until the next claim is read. A finding
  /// at the same place in two claims stands above both, so it names neither.
  private mutating func hold(_ rejection: ClaimRejection, _ warnings: [FileFinding]) throws {
    let reasons = [(rejection.location, rejection.reason)] + rejection.further.map { ($0.location, $0.reason) }
    let findings = reasons.map { location, reason in
      FileFinding(file: name, place: "\(location)", claim: rejection.claimNumber?.text, what: reason)
    }
    let shared = Set(held.map(\.place)).intersection(findings.map(\.place))
    held = held.map { shared.contains($0.place) ? $0.ofNoClaim : $0 }
    try noteHeld()
    held = findings.map { shared.contains($0.place) ? $0.ofNoClaim : $0 } + warnings
  }

  mutating func checkEnrollments(_ bytes: any ClaimBytes, kind: String) throws {
    var reader = try EnrollmentFileReader(bytes, readsDamaged: true)
    var (members, bad) = (0, 0)
    while let item = try reader.next() {
      switch item {
      case .fault(let fault): try note(FileFinding(fault, in: name))
      case .member(let member):
        members += 1
        var passedOver: String?
        switch EnrollmentResolution(member, plans: plans) {
        case .refused(let problems, let reason):
          bad += 1
          try note(problems)
          passedOver = reason
        case .passedOver(let reason): passedOver = reason
        case .change: break
        }
        // Which plans there are may not be known.
        guard let passedOver, !plans.isEmpty else { continue }
        try note(
          FileFinding(
            file: name, place: "\(member.location)", what: "enroll passes over this person: \(passedOver)",
            isWarning: true))
      }
    }
    conclude(kind, CheckedFile.Count(noun: "member", count: members, bad: bad))
  }

  mutating func checkInquiries(_ bytes: any ClaimBytes) throws {
    var reader = try InquiryReader(bytes, readsDamaged: true)
    var (inquiries, bad) = (0, 0)
    while let item = try reader.next() {
      switch item {
      case .fault(let fault): try note(FileFinding(fault, in: name))
      case .inquiry(let inquiry):
        inquiries += 1
        guard !inquiry.problems.isEmpty else { continue }
        bad += 1
        try note(inquiry.problems)
      }
    }
    conclude("X12 270", CheckedFile.Count(noun: "question", count: inquiries, bad: bad))
  }

  private mutating func note(_ problems: [StatedProblem]) throws {
    for problem in problems {
      try note(FileFinding(file: name, place: "\(problem.location)", what: problem.reason))
    }
  }

  /// Checks that a remittance balances on each of its levels.
  mutating func checkRemittances(_ bytes: any ClaimBytes) throws {
    var audit = try RemittanceFileAudit(bytes)
    for fault in audit.envelopeFaults { try note(FileFinding(fault, in: name)) }
    var (checks, claims, bad) = (0, 0, 0)
    while let verdict = try audit.next() {
      checks += 1
      claims += verdict.claims
      if !verdict.isBalanced { bad += 1 }
      for finding in verdict.findings {
        try note(FileFinding(file: name, place: "\(finding.location)", what: finding.sentence))
      }
    }
    conclude(
      "X12 835", CheckedFile.Count(noun: "transaction", count: checks, bad: bad),
      CheckedFile.Count(noun: "claim", count: claims, bad: 0))
  }
}
