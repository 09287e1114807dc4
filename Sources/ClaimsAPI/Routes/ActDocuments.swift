import ClaimPipeline
import ClaimsApp
package import ClaimsDomain

/// The body of an act on a claim. Every act has a reason, which stays on record.
protocol ActDocument: RequestDocument {
  var reason: String { get }
}

/// What a claim that waits is given.
struct GivenDocument: ActDocument {
  let reason: String
  let also: [String]?
  let comparedWith: [String]?
  let documents: [String]?
  let prices: [Price]?
  let otherPayers: [Payer]?
  let ourTurn: String?
  let replaces: String?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case reason, also, documents, prices, replaces
    case comparedWith = "compared_with"
    case otherPayers = "other_payers"
    case ourTurn = "our_turn"
  }

  struct Price: Decodable {
    let line: Int
    let amount: String
  }

  struct Payer: Decodable {
    let id: String
    let turn: String
    let paid: String?
    let left: String?
  }

  /// - Throws: `APIProblem.malformed`.
  func given() throws(APIProblem) -> Given {
    var given = Given()
    for code in also ?? [] {
      guard let reason = SuspenseReason(rawValue: code), reason.isReleasable else {
        throw .malformed("also: no reason of that name can be let go")
      }
      given.released.append(reason)
    }
    given.documents = documents ?? []
    for price in prices ?? [] {
      guard price.line > 0 else { throw .malformed("prices: a line is named by its number") }
      given.prices.append(ChosenPrice(line: price.line, amount: try price.amount.amount("prices")))
    }
    for payer in otherPayers ?? [] { given.payers.append(try payer.entered()) }
    given.turn = try ourTurn.map { text throws(APIProblem) in try text.turn("our_turn") }
    given.prior = replaces.map { ClaimIntakeID($0) }
    given.compared = Set((comparedWith ?? []).map { ClaimIntakeID($0) })
    guard Set(given.prices.map(\.line)).count == given.prices.count else {
      throw .malformed("prices: each line is named once")
    }
    guard Set(given.payers.map(\.id)).count == given.payers.count else {
      throw .malformed("other_payers: each payer is named once")
    }
    return given
  }
}

extension GivenDocument.Payer {
  fileprivate func entered() throws(APIProblem) -> EnteredPayer {
    guard id.contains(where: { !$0.isWhitespace }) else { throw .malformed("other_payers: id is empty") }
    guard (paid == nil) == (left == nil) else { throw .malformed("other_payers: paid and left go together") }
    var result: EnteredPayer.Result?
    if let paid, let left {
      result = .init(paid: try paid.amount("other_payers"), patientOwes: try left.amount("other_payers"))
    }
    return EnteredPayer(id: PayerID(id), sequence: try turn.turn("other_payers"), result: result)
  }
}

/// The denial of a claim that waits.
struct DenyDocument: ActDocument {
  let reason: String
  let code: String
  let remark: String?

  enum CodingKeys: String, CodingKey, CaseIterable { case reason, code, remark }

  /// - Throws: `APIProblem.malformed`.
  func denial() throws(APIProblem) -> ChosenDenial {
    guard var denial = ChosenDenial(parsing: code) else {
      throw .malformed("code must be a group and a reason, for example CO-16")
    }
    if let remark {
      guard ChosenDenial.isRemark(remark) else { throw .malformed("remark must be a remark code such as M76 or N130") }
      denial.remark = remark
    }
    return denial
  }
}

/// Another decision of a claim that is decided.
struct AdjustDocument: ActDocument {
  let reason: String
  let cause: String
  let waive: [String]?

  enum CodingKeys: String, CodingKey, CaseIterable { case reason, cause, waive }

  /// - Throws: `APIProblem.malformed`.
  func revisionCause() throws(APIProblem) -> ClaimRevision.Cause {
    switch cause {
    case "rules": .rules
    case "coverage": .coverage
    case "accumulators": .accumulators
    case "appeal": .appeal
    default: throw .malformed("cause must be rules, coverage, accumulators or appeal")
    }
  }

  /// - Throws: `APIProblem.malformed`.
  func waivers() throws(APIProblem) -> [Waiver] {
    var waivers: [Waiver] = []
    for name in waive ?? [] {
      guard let waiver = Waiver(rawValue: name), Waiver.choices.contains(waiver) else {
        throw .malformed("waive: no rule of that name can be set aside")
      }
      waivers.append(waiver)
    }
    return waivers
  }
}

extension String {
  /// - Throws: `APIProblem.malformed` unless the text is an amount that a claim can have.
  package func amount(_ member: String) throws(APIProblem) -> Money {
    guard let amount = try? Money(parsing: self), !amount.isNegative, amount <= .claimLimit else {
      throw .malformed("\(member): an amount is a text such as \"125.50\"")
    }
    return amount
  }

  package func turn(_ member: String) throws(APIProblem) -> PayerSequence {
    guard let sequence = PayerSequence(rawValue: uppercased()), sequence.turn != nil else {
      throw .malformed("\(member): a turn is P, S, T or A to H, as in SBR01")
    }
    return sequence
  }
}
