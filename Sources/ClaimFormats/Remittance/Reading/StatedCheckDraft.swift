import ClaimsDomain

/// The header of an 835 while its segments are read: BPR to the end of loop 1000B.
struct StatedCheckDraft {
  private(set) var check: StatedCheck
  private var party: WritableKeyPath<StatedCheck, StatedParty>?

  init(st segment: X12Segment) {
    check = StatedCheck(segment: segment.number)
    check.control = segment.brief(2)
  }

  var finished: StatedCheck {
    var check = check
    if check.paymentSegment == nil {
      let location = SourceLocation(.segment, check.segment, element: "ST")
      check.problems.append(StatedProblem(location: location, reason: "the transaction has no BPR, so no payment"))
    }
    return check
  }

  mutating func take(_ segment: X12Segment) {
    switch segment.name {
    case "BPR": take(bpr: segment)
    case "TRN" where check.trace == nil:
      check.trace = segment.brief(2)
      check.originator = segment.brief(3)
    case "DTM" where segment.code(1) == "405": check.producedOn = segment.day(2)
    case "N1": open(n1: segment)
    case "REF" where party == nil:
      if segment.code(1) == "EV" { check.receiverID = segment.brief(2) }
    default:
      if let party { check[keyPath: party].take(segment) }
    }
  }

  private mutating func take(bpr segment: X12Segment) {
    check.paymentSegment = segment.number
    if let flaw = segment.flaw {
      check.problems.append(StatedProblem(location: segment.location(), reason: flaw.reason))
    }
    check.handling = segment.brief(1)
    do throws(ClaimProblem) {
      check.amount = try segment.requiredAmount(2)
    } catch {
      check.problems.append(StatedProblem(location: error.location, reason: error.reason))
    }
    check.method = segment.brief(4)
    if let from = segment.brief(7), let account = segment.brief(9), let to = segment.brief(13),
      let credited = segment.brief(15)
    {
      check.transfer = FundsTransfer(
        senderRouting: from, senderAccount: account, receiverRouting: to, receiverAccount: credited)
    }
    check.date = segment.day(16)
  }

  private mutating func open(n1 segment: X12Segment) {
    switch segment.code(1) {
    case "PR": party = \.payer
    case "PE": party = \.payee
    default:
      party = nil
      return
    }
    guard let party else { return }
    check[keyPath: party].name = segment.brief(2)
    check[keyPath: party].qualifier = segment.brief(3)
    check[keyPath: party].identifier = segment.brief(4)
  }
}

extension StatedParty {
  /// The maximum number of references and of contacts: far more than the guide allows, few enough for memory.
  private static let limit = 100

  fileprivate mutating func take(_ segment: X12Segment) {
    switch segment.name {
    case "N3": addressLines = [segment.brief(1), segment.brief(2)].compactMap(\.self)
    case "N4":
      city = segment.brief(1)
      state = segment.brief(2)
      postalCode = segment.brief(3)
    case "REF":
      if references.count < Self.limit, let reference = segment.reference() { references.append(reference) }
    case "PER": take(per: segment)
    default: break
    }
  }

  private mutating func take(per segment: X12Segment) {
    let function = segment.brief(1) ?? ""
    let numbers = [3, 5, 7].compactMap { position in
      segment.brief(position).flatMap { kind in segment.brief(position + 1).map { (kind, $0) } }
    }
    func number(_ kind: String) -> String? { numbers.first { $0.0 == kind }?.1 }
    if function == "IC" {
      website = website ?? number("UR")
    } else if contacts[function] == nil, contacts.count < Self.limit {
      contacts[function] = RemittanceContact(name: segment.brief(2), telephone: number("TE"), email: number("EM"))
    }
  }
}
