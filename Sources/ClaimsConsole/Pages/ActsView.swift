import ClaimFormats
import ClaimStore
import ClaimsApp
import ClaimsDomain

/// The forms of what an examiner may do about a claim. The one that the claim waits for comes first, with its lines or
/// payers filled in.
struct ActsView: Sendable {
  let path: String
  let release: Bool
  let price: Price?
  let payers: Payers?
  let accept: Bool
  let priorClaim: Bool
  let sendAgain: Bool
  let rules: Bool
  let deny: Bool
  let adjust: Adjust?
  let more: Bool
  /// What was entered before, so that nothing is entered twice.
  let entered: Entered

  struct Adjust: Sendable {
    let causes: [Cause]
    /// Whether the form was sent, so that it stays open.
    let isOpen: Bool

    struct Cause: Sendable {
      let name: String
      let label: String
      let isChosen: Bool
    }
  }

  struct Price: Sendable {
    let lines: [Line]

    struct Line: Sendable {
      let number: Int
      let code: String
      let charge: String
      let amount: String
    }
  }

  struct Payers: Sendable {
    let rows: [Row]
    let turn: String

    struct Row: Sendable {
      let number: Int
      let id: String
      let turn: String
      let paid: String
      let left: String
    }
  }

  struct Entered: Sendable {
    let reason: String
    let code: String
    let remark: String
    let document: String
    let replaces: String
    let also: String
    let compared: String
  }

  /// - Parameters:
  ///   - waiting: what the claim waits for; nil if it does not.
  ///   - form: the form that was refused or tried out; nil for a new page.
  /// - Returns: nil if there is nothing to do about the claim.
  init?(_ row: ClaimRow, _ waiting: SuspendedClaim?, _ form: Form?) {
    guard waiting != nil || row.status == .paid || row.status == .denied else { return nil }
    path = "/claims/\(row.id)"
    let remedy = waiting?.reason?.remedy
    let isRefusedPayment = waiting != nil && waiting?.reason == nil
    release = remedy == .release || (remedy == .sendAgain && waiting?.reason?.isReleasable == true) || isRefusedPayment
    price = waiting.flatMap { remedy == .price ? Price($0, form) : nil }
    payers = waiting.flatMap { remedy == .otherPayer ? Payers($0, form) : nil }
    (accept, priorClaim, rules) = (remedy == .document, remedy == .priorClaim, remedy == .rules)
    sendAgain = remedy == .sendAgain
    (deny, more) = (waiting != nil && !isRefusedPayment, remedy != nil)
    adjust = waiting == nil ? Adjust(form) : nil
    entered = Entered(form)
  }
}

extension ActsView.Adjust {
  fileprivate init(_ form: Form?) {
    let labels = [
      ("rules", "other rules"), ("coverage", "changed coverage"), ("accumulators", "changed totals"),
      ("appeal", "an appeal"),
    ]
    causes = labels.map { Cause(name: $0.0, label: $0.1, isChosen: form?["cause"] == $0.0) }
    isOpen = form?["cause"] != nil
  }
}

extension ActsView.Price {
  fileprivate init(_ waiting: SuspendedClaim, _ form: Form?) {
    let lines = waiting.claim?.lines ?? []
    self.lines = lines.filter { waiting.lines.isEmpty || waiting.lines.contains($0.number) }.map { line in
      Line(
        number: line.number, code: line.procedure?.code ?? line.revenueCode ?? "", charge: line.charge.grouped,
        amount: form?["price.\(line.number)"] ?? "")
    }
  }
}

extension ActsView.Payers {
  fileprivate init(_ waiting: SuspendedClaim, _ form: Form?) {
    let known = waiting.claim?.otherPayers ?? []
    // A row for each payer that the claim names, and one for another.
    rows = (0...known.count).map { number in
      let payer = number < known.count ? known[number] : nil
      return Row(
        number: number, id: form?["payer.\(number).id"] ?? payer?.id.text ?? "",
        turn: form?["payer.\(number).turn"] ?? payer?.sequence.rawValue ?? "",
        paid: form?["payer.\(number).paid"] ?? payer?.paid?.description ?? "",
        left: form?["payer.\(number).left"] ?? "")
    }
    turn = form?["turn"] ?? ""
  }
}

extension ActsView.Entered {
  fileprivate init(_ form: Form?) {
    func field(_ name: String) -> String { form?[name] ?? "" }
    (reason, code, remark) = (field("reason"), field("code"), field("remark"))
    (document, replaces) = (field("document"), field("replaces"))
    (also, compared) = (field("also"), field("compared"))
  }
}
