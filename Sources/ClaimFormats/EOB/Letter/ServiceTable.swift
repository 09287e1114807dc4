import ClaimsDomain

/// A table of services, with the same columns for every line and for the total.
struct ServiceTable {
  let columns: [String]
  let rows: [Row]
  let total: [Cell]
  /// False for a single line, since its total would repeat it.
  let hasTotal: Bool

  struct Row {
    let number: Int
    let date: String
    let code: String
    /// What the service is called; nil when no table says it.
    let words: String?
    /// `note` or `notes`; nil when the line has no notes.
    let noteWord: String?
    let notes: [NoteMark]
    let cells: [Cell]
    let isDenied: Bool
  }

  struct Cell {
    let label: String
    let amount: String
    let isZero: Bool
    let isYourShare: Bool

    init(_ label: String, _ amount: Money, isYourShare: Bool = false) {
      self.label = label
      self.amount = amount.dollars
      self.isYourShare = isYourShare
      isZero = amount == .zero
    }
  }

  /// A reference from a line to a footnote.
  struct NoteMark {
    let number: Int
  }

  /// - Throws: `MoneyError.overflow` if an amount exceeds 64 bits.
  init(
    of decision: Decision, _ whole: ChargeBreakdown, named services: ServiceNames, notes: inout NoteBook
  ) throws(MoneyError) {
    let hasOtherInsurance = whole[.otherInsurance] != .zero
    var rows: [Row] = []
    for line in decision.lines {
      let cells = Self.cells(try ChargeBreakdown(of: [line]), hasOtherInsurance: hasOtherInsurance)
      let marks = line.adjustments.map { NoteMark(number: notes.number(of: $0)) }
      rows.append(
        Row(
          number: line.number, date: services.date(of: line), code: services.code(of: line),
          words: services.words(of: line), noteWord: marks.isEmpty ? nil : marks.count == 1 ? "note" : "notes",
          notes: marks, cells: cells,
          isDenied: line.isDenied))
    }
    self.rows = rows
    total = Self.cells(whole, hasOtherInsurance: hasOtherInsurance)
    hasTotal = rows.count > 1
    columns = total.map(\.label)
  }

  /// The cells add up from left to right: billed - discount - not covered = allowed, and allowed = what others pay +
  /// your share of it + what the plan paid.
  private static func cells(_ amounts: ChargeBreakdown, hasOtherInsurance: Bool) -> [Cell] {
    func cell(_ part: ChargePart) -> Cell { Cell(part.title, amounts[part]) }
    let price = [
      Cell("Billed", amounts.billed), cell(.discount), cell(.notCovered), Cell("Allowed", amounts.allowed),
    ]
    let payers = [
      cell(.deductible), cell(.copay), cell(.coinsurance), Cell("Plan paid", amounts.planPaid),
      Cell("Your share", amounts.yourShare, isYourShare: true),
    ]
    return price + (hasOtherInsurance ? [cell(.otherInsurance)] : []) + payers
  }

  /// The number of leading cells that show how the price is derived; the cells after them show who pays it.
  static let priceColumns = 4
}

/// The display codes, words and service dates of a claim's lines.
struct ServiceNames {
  private let claim: SubmittedClaim
  private let lines: [Int: ServiceLine]
  private let words: ServiceWords

  init(of claim: SubmittedClaim, words: ServiceWords) {
    self.claim = claim
    self.words = words
    lines = Dictionary(claim.lines.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The code with its modifiers, `99213-25`, or the revenue code, `Rev 0450`.
  func code(of decided: LineDecision) -> String {
    guard let line = lines[decided.number] else { return decided.code }
    guard let procedure = line.procedure else { return "Rev \(line.code)" }
    return ([procedure.code] + procedure.modifiers).joined(separator: "-")
  }

  /// What the service is called, by its procedure or else by its revenue code; nil when no table says it.
  func words(of decided: LineDecision) -> String? {
    let line = lines[decided.number]
    return [line?.procedure?.code ?? decided.code, line?.revenueCode].compactMap(\.self).compactMap { words[$0] }.first
  }

  /// The code and the words, `G0463-25, Clinic visit`.
  func title(of decided: LineDecision) -> String {
    [code(of: decided), words(of: decided)].compactMap(\.self).joined(separator: ", ")
  }

  /// The date or dates of a line; empty when neither the line nor the claim states them.
  func date(of decided: LineDecision) -> String {
    lines[decided.number].flatMap(claim.serviceDates(of:))?.abbreviated ?? ""
  }
}
