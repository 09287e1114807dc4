import ClaimsDomain

/// What became of an amount, by the categories of HL7 and of CARIN Blue Button.
struct FHIRAmount: Hashable {
  let category: FHIRCoding
  let amount: Money

  private static let hl7: Set = ["submitted", "eligible", "deductible", "copay", "benefit"]

  init(_ code: String, _ amount: Money) {
    category = FHIRCoding(Self.hl7.contains(code) ? FHIRWritten.adjudication : FHIRWritten.carinAdjudication, code)
    self.amount = amount
  }

  /// The amounts of a line.
  ///
  /// - Throws: `MoneyError.overflow`.
  static func amounts(of line: LineDecision) throws(MoneyError) -> [FHIRAmount] {
    try amounts(
      charge: line.charge, allowed: line.allowed, paid: line.paid, owed: line.memberResponsibility, of: [line])
  }

  /// The amounts of all lines together.
  ///
  /// - Throws: `MoneyError.overflow`.
  static func totals(of decision: Decision) throws(MoneyError) -> [FHIRAmount] {
    try amounts(
      charge: decision.charge, allowed: decision.allowed, paid: decision.paid, owed: decision.memberResponsibility,
      of: decision.lines)
  }

  private static func amounts(
    charge: Money, allowed: Money, paid: Money, owed: Money, of lines: [LineDecision]
  ) throws(MoneyError) -> [FHIRAmount] {
    let parts: [(String, (LineDecision, Adjustment) -> Bool)] = [
      ("deductible", { $1.group == .patientResponsibility && $1.reason == "1" }),
      ("copay", { $1.group == .patientResponsibility && $1.reason == "3" }),
      ("coinsurance", { $1.group == .patientResponsibility && $1.reason == "2" }),
      ("discount", { $1.group == .contractual && $1.reason == "45" }),
      ("priorpayerpaid", { $1.group == .other && $1.reason == "23" }),
      ("noncovered", { line, _ in line.isDenied }),
    ]
    var amounts = [FHIRAmount("submitted", charge), FHIRAmount("eligible", allowed)]
    for (code, isPart) in parts {
      let total = try lines.flatMap { line in line.adjustments.filter { isPart(line, $0) } }.map(\.amount).total()
      if total != .zero { amounts.append(FHIRAmount(code, total)) }
    }
    return amounts + [
      FHIRAmount("memberliability", owed), FHIRAmount("benefit", paid), FHIRAmount("paidtoprovider", paid),
    ]
  }
}

extension Adjustment {
  /// Group, CARC and, where the reason needs one, RARC.
  var codings: [FHIRCoding] {
    [FHIRCoding(FHIRWritten.adjustmentReason, reason)] + (remark.map { [FHIRCoding(FHIRWritten.remark, $0)] } ?? [])
      + [FHIRCoding(FHIRWritten.adjustmentGroup, group.rawValue)]
  }
}

extension OrderedJSON {
  /// Writes `adjudication` of a line: its amounts, and each adjustment with its reason.
  ///
  /// - Parameter network: Whether the network status is written here, as for professional claims.
  mutating func adjudication(_ line: LineDecision, _ amounts: [FHIRAmount], network: Bool) {
    key("adjudication")
    array(
      amounts.map(FHIRAdjudication.amount) + line.adjustments.map(FHIRAdjudication.adjustment)
        + (network ? [.network(line.network)] : [])
    ) { $1.write(to: &$0) }
  }
}

/// One element of an `adjudication`.
enum FHIRAdjudication {
  case amount(FHIRAmount)
  case adjustment(Adjustment)
  case network(NetworkStatus)

  func write(to json: inout OrderedJSON) {
    json.object { json in
      switch self {
      case .amount(let part):
        json.concept("category", [part.category])
        json.money("amount", part.amount)
      case .adjustment(let adjustment):
        json.concept("category", FHIRWritten.discriminator, "adjustmentreason")
        json.concept("reason", adjustment.codings)
        json.money("amount", adjustment.amount)
      case .network(let status):
        json.concept("category", FHIRWritten.discriminator, "benefitpaymentstatus")
        json.concept("reason", FHIRWritten.payerStatus, status == .inNetwork ? "innetwork" : "outofnetwork")
      }
    }
  }
}
