import ClaimsAPI
import ClaimsApp
import ClaimsDomain
import DurableExecution

extension Form {
  /// What the form gives a claim that waits.
  ///
  /// - Throws: `APIProblem.malformed`.
  func given() throws(APIProblem) -> Given {
    var given = Given()
    for code in words("also") {
      guard let reason = SuspenseReason(rawValue: code), reason.isReleasable else {
        throw .malformed("\(code.prefix(40)): no reason of that name can be let go")
      }
      given.released.append(reason)
    }
    for name in names(after: "price.") {
      guard let line = Int(name), let text = self["price.\(name)"] else { continue }
      given.prices.append(ChosenPrice(line: line, amount: try text.amount("line \(line)")))
    }
    for number in 0..<20 {
      if let payer = try payer(number) { given.payers.append(payer) }
    }
    given.turn = try self["turn"].map { text throws(APIProblem) in try text.turn("our turn") }
    given.documents = [self["document"]].compactMap(\.self)
    given.prior = self["replaces"].map { ClaimIntakeID($0) }
    given.compared = Set(words("compared").map { ClaimIntakeID($0) })
    return given
  }

  /// A row of the form for other payers. A row without amounts is of a payer that has not decided.
  private func payer(_ number: Int) throws(APIProblem) -> EnteredPayer? {
    let (paid, left) = (self["payer.\(number).paid"], self["payer.\(number).left"])
    guard let id = self["payer.\(number).id"] else {
      guard paid == nil, left == nil else { throw .malformed("a payer has no id") }
      return nil
    }
    guard let turn = self["payer.\(number).turn"] else { throw .malformed("\(id.prefix(40)) has no turn") }
    guard (paid == nil) == (left == nil) else { throw .malformed("what a payer paid and what it left go together") }
    var result: EnteredPayer.Result?
    if let paid, let left {
      result = .init(paid: try paid.amount("paid"), patientOwes: try left.amount("left to the member"))
    }
    return EnteredPayer(id: PayerID(id), sequence: try turn.turn("turn"), result: result)
  }

  /// - Throws: `APIProblem.malformed`.
  func denial() throws(APIProblem) -> ChosenDenial {
    guard var denial = ChosenDenial(parsing: (self["code"] ?? "").uppercased()) else {
      throw .malformed("the code is a group and a reason, for example CO-16")
    }
    if let remark = self["remark"] {
      guard ChosenDenial.isRemark(remark) else { throw .malformed("the remark is a code such as M76 or N130") }
      denial.remark = remark
    }
    return denial
  }

  /// - Throws: `APIProblem.malformed`.
  func signOff(by person: String) throws(APIProblem) -> SignOff {
    guard let reason = self["reason"] else { throw .malformed("say why: the reason is on record") }
    do { return try SignOff(by: person, reason: reason) } catch { throw .malformed("the reason cannot be kept") }
  }

  private func words(_ name: String) -> [String] {
    (self[name] ?? "").split { $0.isWhitespace || $0 == "," }.map(String.init)
  }
}
