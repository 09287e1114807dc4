import ClaimFormats
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain

/// The forms of what an examiner may do about a claim. The one that the claim waits for comes first, with its lines or
/// payers filled in.
struct ActsView: Sendable {
  let path: String
  let release: Fields?
  let price: Price?
  let payers: Payers?
  let accept: Fields?
  let priorClaim: Fields?
  let sendAgain: Bool
  let rules: Bool
  let deny: Fields?
  /// A code that fits what the claim waits for.
  let denialCode: String
  let adjust: Adjust?

  /// What was entered in a form before, so that nothing is entered twice.
  struct Fields: Sendable {
    let reason: String
    let code: String
    let remark: String
    let document: String
    let replaces: String
    let more: More
  }

  /// What a claim may ask for besides. Whatever it asks for, every form can give.
  struct More: Sendable {
    /// Whether the form was sent, so that this stays open.
    let isOpen: Bool
    let also: String
    let compared: String
    /// Nil in a form that asks for a document itself.
    let document: Text?
    /// Nil in a form that asks for the prior claim itself.
    let replaces: Text?
    /// Empty in a form that asks for prices itself.
    let lines: [Price.Line]
    /// Empty in a form that asks for other payers itself.
    let rows: [Payers.Row]
    let turn: Text?

    struct Text: Sendable {
      let entered: String
    }
  }

  struct Adjust: Sendable {
    let causes: [Cause]
    let waivers: [Waived]
    let fields: Fields
    /// Whether the form was sent, so that it stays open.
    let isOpen: Bool

    struct Cause: Sendable {
      let name: String
      let label: String
      let isChosen: Bool
    }

    struct Waived: Sendable {
      let name: String
      let isChosen: Bool
    }
  }

  struct Price: Sendable {
    let lines: [Line]
    let fields: Fields

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
    let fields: Fields

    struct Row: Sendable {
      let number: Int
      let id: String
      let turn: String
      let paid: String
      let left: String
    }
  }

  /// - Parameters:
  ///   - waiting: what the claim waits for; nil if it does not.
  ///   - form: the form that was refused or tried out; nil for a new page.
  ///   - act: the act that the form was for.
  /// - Returns: nil if there is nothing to do about the claim.
  init?(_ row: ClaimRow, _ waiting: SuspendedClaim?, _ form: Form?, for act: ClaimPages.Act?) {
    guard waiting != nil || row.status == .paid || row.status == .denied else { return nil }
    func fields(_ wanted: ClaimPages.Act) -> Fields { Fields(waiting, act == wanted ? form : nil, for: wanted) }
    let remedy = waiting?.reason?.remedy
    // A decided claim whose payment was refused, or whose payee is on hold, is paid once it is released.
    let isDecided = waiting != nil && waiting?.reason == nil
    let isReleasable = remedy == .sendAgain && waiting?.reason?.isReleasable == true
    path = "/claims/\(row.id)"
    release = remedy == .release || remedy == .rules || isReleasable || isDecided ? fields(.release) : nil
    price = waiting.flatMap { remedy == .price ? Price($0, fields(.price), act == .price ? form : nil) : nil }
    payers = waiting.flatMap {
      remedy == .otherPayer ? Payers($0, fields(.otherPayer), act == .otherPayer ? form : nil) : nil
    }
    accept = remedy == .document ? fields(.accept) : nil
    priorClaim = remedy == .priorClaim ? fields(.release) : nil
    (sendAgain, rules) = (remedy == .sendAgain, remedy == .rules)
    deny = waiting?.reason != nil || waiting?.unpaid == .held ? fields(.deny) : nil
    denialCode = (waiting?.reason?.denialCode ?? "CO-16").split(separator: " ").first.map(String.init) ?? ""
    adjust = waiting == nil ? Adjust(fields(.adjust), act == .adjust ? form : nil) : nil
  }
}

extension ActsView.Fields {
  /// - Parameter form: what was entered in this form; nil for a new one.
  fileprivate init(_ waiting: SuspendedClaim?, _ form: Form?, for act: ClaimPages.Act) {
    func field(_ name: String) -> String { form?[name] ?? "" }
    (reason, code, remark) = (field("reason"), field("code"), field("remark"))
    (document, replaces) = (field("document"), field("replaces"))
    more = ActsView.More(waiting, form, for: act)
  }
}

extension ActsView.More {
  fileprivate init(_ waiting: SuspendedClaim?, _ form: Form?, for act: ClaimPages.Act) {
    func field(_ name: String) -> Text { Text(entered: form?[name] ?? "") }
    isOpen = form != nil
    (also, compared) = (field("also").entered, field("compared").entered)
    document = act == .accept ? nil : field("document")
    replaces = waiting?.reason?.remedy == .priorClaim ? nil : field("replaces")
    lines = act == .price ? [] : ActsView.Price.lines(of: waiting, all: true, form)
    rows = act == .otherPayer ? [] : (0..<2).map { ActsView.Payers.Row($0, nil, form) }
    turn = act == .otherPayer ? nil : field("turn")
  }
}

extension ActsView.Adjust {
  /// Why claims are decided again.
  static let labels = [
    (name: "rules", label: "other rules"), (name: "coverage", label: "changed coverage"),
    (name: "accumulators", label: "changed totals"), (name: "appeal", label: "an appeal"),
  ]

  fileprivate init(_ fields: ActsView.Fields, _ form: Form?) {
    self.fields = fields
    causes = Self.labels.map { Cause(name: $0.name, label: $0.label, isChosen: form?["cause"] == $0.name) }
    let chosen = form?.all("waive") ?? []
    waivers = Waiver.choices.map { Waived(name: $0.rawValue, isChosen: chosen.contains($0.rawValue)) }
    isOpen = form != nil
  }
}

extension ActsView.Price {
  fileprivate init(_ waiting: SuspendedClaim, _ fields: ActsView.Fields, _ form: Form?) {
    self.fields = fields
    lines = Self.lines(of: waiting, all: false, form)
  }

  /// - Parameter all: whether lines that do not wait are included.
  fileprivate static func lines(of waiting: SuspendedClaim?, all: Bool, _ form: Form?) -> [Line] {
    let lines = waiting?.claim?.lines ?? []
    let numbers = waiting?.lines ?? []
    return lines.filter { all || numbers.isEmpty || numbers.contains($0.number) }.map { line in
      Line(
        number: line.number, code: line.procedure?.code ?? line.revenueCode ?? "", charge: line.charge.grouped,
        amount: form?["price.\(line.number)"] ?? "")
    }
  }
}

extension ActsView.Payers {
  fileprivate init(_ waiting: SuspendedClaim, _ fields: ActsView.Fields, _ form: Form?) {
    self.fields = fields
    let known = waiting.claim?.otherPayers ?? []
    // A row for each payer that the claim names, and one for another.
    rows = (0...known.count).map { Row($0, $0 < known.count ? known[$0] : nil, form) }
    turn = form?["turn"] ?? ""
  }
}

extension ActsView.Payers.Row {
  /// - Parameter payer: what the claim says of the payer; nil for another.
  fileprivate init(_ number: Int, _ payer: OtherPayer?, _ form: Form?) {
    func entered(_ name: String) -> String? { form.map { $0["payer.\(number).\(name)"] ?? "" } }
    self.number = number
    id = entered("id") ?? payer?.id.text ?? ""
    turn = entered("turn") ?? payer?.sequence.rawValue ?? ""
    paid = entered("paid") ?? payer?.paid?.description ?? ""
    left = entered("left") ?? ""
  }
}
