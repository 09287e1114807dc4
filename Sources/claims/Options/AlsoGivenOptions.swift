import ArgumentParser
import ClaimsApp
import ClaimsDomain

/// What a claim that waits for several things is given beside the first.
struct AlsoGivenOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Another reason that it waits for, which may go on too; more than once for more.", valueName: "REASON"))
  var also: [String] = []

  @Option(help: ArgumentHelp("The assignment of benefits, and where it is kept.", valueName: "DOCUMENT"))
  var document: String?

  @Option(help: ArgumentHelp("The price of a line; more than once for more.", valueName: "LINE=AMOUNT"))
  var price: [String] = []

  func validate() throws { _ = try given() }

  func given() throws -> AlsoGiven {
    let released = try also.map { code in
      guard let reason = SuspenseReason(rawValue: code), reason.isWaivable else {
        let known = SuspenseReason.allCases.filter(\.isWaivable).map(\.code).sorted().joined(separator: ", ")
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
    return AlsoGiven(released: released, document: document, prices: prices)
  }
}
