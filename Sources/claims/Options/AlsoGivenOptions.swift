import ArgumentParser
import ClaimsApp
import ClaimsDomain
import DurableExecution

/// What a claim that waits for several things is given in addition to the first.
struct AlsoGivenOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Another reason that it waits for, which may go on too, or another claim that it was compared with; more than once for "
        + "more.", valueName: "REASON|CLAIM"))
  var also: [String] = []

  @Option(
    help: ArgumentHelp(
      "A document that it waits for, and where it is kept; more than once for more.", valueName: "DOCUMENT"))
  var document: [String] = []

  @Option(help: ArgumentHelp("The price of a line; more than once for more.", valueName: "LINE=AMOUNT"))
  var price: [String] = []

  @Option(
    help: ArgumentHelp(
      "Another payer, its turn, and what it has paid and left to the patient; without amounts it has not decided. More than "
        + "once for more.", valueName: "ID,TURN,PAID,LEFT"))
  var otherPayer: [String] = []

  @Option(
    help: ArgumentHelp(
      "The claim that it replaces or voids, where what it names was replaced since or is not known.",
      valueName: "CLM-…"))
  var replaces: String?

  func validate() throws { _ = try given() }

  func given() throws -> Given {
    let compared = also.filter { $0.hasPrefix("CLM-") }
    let released = try also.filter { !$0.hasPrefix("CLM-") }.map { code in
      guard let reason = SuspenseReason(rawValue: code), reason.isReleasable else {
        let known = SuspenseReason.allCases.filter(\.isReleasable).map(\.code).sorted().joined(separator: ", ")
        throw ValidationError("--also: no reason of that name can be let go; they are \(known)")
      }
      return reason
    }
    let prices = try price.map { text in
      let parts = text.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2, let line = Int(parts[0]), line > 0 else {
        throw ValidationError("--price is a line and its price, for instance: 2=450.00")
      }
      return ChosenPrice(line: line, amount: try String(parts[1]).amount())
    }
    guard Set(prices.map(\.line)).count == prices.count else {
      throw ValidationError("each line is named once, by its number")
    }
    for document in document { _ = try document.nameOfDocument() }
    let payers = try otherPayer.map(Self.payer)
    guard Set(payers.map(\.id)).count == payers.count else { throw ValidationError("each payer is named once") }
    return Given(
      released: released, documents: document, prices: prices, payers: payers,
      prior: replaces.map { ClaimIntakeID($0) }, compared: Set(compared.map { ClaimIntakeID($0) }))
  }

  private static func payer(_ text: String) throws -> EnteredPayer {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 || parts.count == 4, parts[0].contains(where: { !$0.isWhitespace }) else {
      throw ValidationError("--other-payer is for instance: 60054,P,210.00,60.00")
    }
    var result: EnteredPayer.Result?
    if parts.count == 4 { result = .init(paid: try parts[2].amount(), patientOwes: try parts[3].amount()) }
    return EnteredPayer(id: PayerID(parts[0]), sequence: try parts[1].turn(), result: result)
  }
}

extension String {
  /// - Throws: `ValidationError` when the text is not a nonnegative amount of money within the claim limit.
  func amount() throws -> Money {
    guard let amount = try? Money(parsing: self), !amount.isNegative, amount <= .claimLimit else {
      throw ValidationError("\"\(prefix(20))\" is no amount such as 125 or 125.50")
    }
    return amount
  }

  /// - Throws: `ValidationError` when the text is not a turn in SBR01.
  func turn() throws -> PayerSequence {
    guard let sequence = PayerSequence(rawValue: uppercased()), sequence.turn != nil else {
      throw ValidationError("a turn is P, S, T or A to H, as in SBR01")
    }
    return sequence
  }

  /// - Throws: `ValidationError` when the text does not name a document in a few words on one line.
  func nameOfDocument() throws -> String {
    guard (try? SignOff(by: self, reason: self)) != nil else {
      throw ValidationError("the document must be named in a few words of one line")
    }
    return self
  }
}
