import ClaimPipeline
package import ClaimsApp
package import ClaimsDomain

/// The body of an act on a claim. Every act has a reason, which stays on record.
package protocol ActDocument: RequestDocument {
  var reason: String { get }
}

/// What a claim that waits is given.
package struct GivenDocument: ActDocument {
  package let reason: String
  package var also: [String]?
  package var comparedWith: [String]?
  package var documents: [String]?
  package var prices: [Price]?
  package var otherPayers: [Payer]?
  package var ourTurn: String?
  package var replaces: String?

  /// Gives nothing yet.
  package init(reason: String) {
    self.reason = reason
  }

  package enum CodingKeys: String, CodingKey, CaseIterable {
    case reason, also, documents, prices, replaces
    case comparedWith = "compared_with"
    case otherPayers = "other_payers"
    case ourTurn = "our_turn"
  }

  package struct Price: Decodable {
    let line: Int
    let amount: String

    package init(line: Int, amount: String) {
      (self.line, self.amount) = (line, amount)
    }
  }

  package struct Payer: Decodable {
    let id: String
    let turn: String
    let paid: String?
    let left: String?

    package init(id: String, turn: String, paid: String?, left: String?) {
      (self.id, self.turn, self.paid, self.left) = (id, turn, paid, left)
    }
  }

  /// - Throws: `APIProblem.malformed`.
  package func given() throws(APIProblem) -> Given {
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
    guard (paid == nil) == (left == nil) else {
      throw .malformed("other_payers: what \(id.prefix(40)) paid and what it left go together")
    }
    var result: EnteredPayer.Result?
    if let paid, let left {
      result = .init(paid: try paid.amount("other_payers"), patientOwes: try left.amount("other_payers"))
    }
    return EnteredPayer(id: PayerID(id), sequence: try turn.turn("other_payers"), result: result)
  }
}

/// The denial of a claim that waits.
package struct DenyDocument: ActDocument {
  package let reason: String
  let code: String
  let remark: String?

  package enum CodingKeys: String, CodingKey, CaseIterable { case reason, code, remark }

  package init(reason: String, code: String, remark: String?) {
    (self.reason, self.code, self.remark) = (reason, code, remark)
  }

  /// - Throws: `APIProblem.malformed`.
  package func denial() throws(APIProblem) -> ChosenDenial {
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

/// The end of a proposal: its number, as it was shown, so that no other is approved in its place.
struct ProposalDocument: ActDocument {
  let reason: String
  let proposal: Int

  enum CodingKeys: String, CodingKey, CaseIterable { case reason, proposal }
}

/// Another decision of a claim that is decided.
package struct AdjustDocument: ActDocument {
  package let reason: String
  let cause: String
  let waive: [String]?

  package enum CodingKeys: String, CodingKey, CaseIterable { case reason, cause, waive }

  package init(reason: String, cause: String, waive: [String]?) {
    (self.reason, self.cause, self.waive) = (reason, cause, waive)
  }

  /// - Throws: `APIProblem.malformed`.
  package func revisionCause() throws(APIProblem) -> ClaimRevision.Cause {
    guard let cause = ClaimRevision.Cause(adjusting: cause) else {
      let known = ClaimRevision.Cause.ofAdjustments.map(\.rawValue).joined(separator: ", ")
      throw .malformed("cause must be one of \(known)")
    }
    return cause
  }

  /// - Throws: `APIProblem.malformed`.
  package func waivers() throws(APIProblem) -> [Waiver] {
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
  func amount(_ member: String) throws(APIProblem) -> Money {
    guard let amount = try? Money(parsing: self), !amount.isNegative, amount <= .claimLimit else {
      throw .malformed("\(member): an amount is a text such as \"125.50\"")
    }
    return amount
  }

  fileprivate func turn(_ member: String) throws(APIProblem) -> PayerSequence {
    guard let sequence = PayerSequence(rawValue: uppercased()), sequence.turn != nil else {
      throw .malformed("\(member): a turn is P, S, T or A to H, as in SBR01")
    }
    return sequence
  }
}

extension ClaimRevision.Cause {
  /// The causes for which a person decides a decided claim again.
  static let ofAdjustments: [Self] = [.rules, .coverage, .accumulators, .appeal]

  /// Nil for a text that is none of these causes.
  package init?(adjusting text: String) {
    guard let cause = Self.ofAdjustments.first(where: { $0.rawValue == text }) else { return nil }
    self = cause
  }
}
