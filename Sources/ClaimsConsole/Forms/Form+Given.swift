import ClaimsAPI
import ClaimsApp
import ClaimsDomain
import DurableExecution

extension Form {
  /// What the form gives a claim that waits, read as the API reads it.
  ///
  /// - Throws: `APIProblem.malformed`.
  func given() throws(APIProblem) -> Given {
    var document = GivenDocument(reason: self["reason"] ?? "")
    document.also = words("also")
    document.comparedWith = words("compared")
    document.documents = [self["document"]].compactMap(\.self)
    document.prices = names(after: "price.").compactMap { name in
      Int(name).flatMap { line in self["price.\(name)"].map { GivenDocument.Price(line: line, amount: $0) } }
    }
    document.otherPayers = try payers()
    document.ourTurn = self["turn"]
    document.replaces = self["replaces"]
    return try document.given()
  }

  /// The rows of the form for other payers that are filled in. A row without amounts is of a payer that has not decided.
  private func payers() throws(APIProblem) -> [GivenDocument.Payer] {
    var payers: [GivenDocument.Payer] = []
    for number in 0..<Self.payerLimit {
      let fields = ["id", "turn", "paid", "left"].map { self["payer.\(number).\($0)"] }
      guard fields.contains(where: { $0 != nil }) else { continue }
      guard let id = fields[0] else { throw .malformed("a payer has no id") }
      payers.append(GivenDocument.Payer(id: id, turn: fields[1] ?? "", paid: fields[2], left: fields[3]))
    }
    return payers
  }

  /// More than the ten payers that a claim can name besides us.
  private static let payerLimit = 20

  /// - Throws: `APIProblem.malformed`.
  func denial() throws(APIProblem) -> ChosenDenial {
    try DenyDocument(
      reason: self["reason"] ?? "", code: (self["code"] ?? "").uppercased(), remark: self["remark"]?.uppercased()
    ).denial()
  }

  /// Another decision of a claim that is decided.
  var adjustment: AdjustDocument {
    AdjustDocument(reason: self["reason"] ?? "", cause: self["cause"] ?? "", waive: all("waive"))
  }

  /// The number of the proposal that a page has shown.
  ///
  /// - Throws: `APIProblem.malformed`.
  var proposal: Int {
    get throws(APIProblem) {
      guard let number = self["proposal"].flatMap({ Int($0) }) else {
        throw .malformed("the form names no proposal; open its page again")
      }
      return number
    }
  }

  /// - Throws: `APIProblem.malformed` for a form without a reason; `SignOffDefect`.
  func signOff(by person: String) throws -> SignOff {
    guard let reason = self["reason"] else { throw APIProblem.malformed("say why: the reason is on record") }
    return try SignOff(by: person, reason: reason)
  }

  private func words(_ name: String) -> [String] {
    (self[name] ?? "").split { $0.isWhitespace || $0 == "," }.map(String.init)
  }
}
