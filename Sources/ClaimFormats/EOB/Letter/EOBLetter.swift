package import ClaimsDomain

/// The content of the letter: every text in its final wording, every amount formatted. The HTML page and the plain text
/// both render it, so they cannot say different things.
///
/// Its properties are stored, not computed, because the page's template finds them by reflection.
package struct EOBLetter: Sendable {
  let number: String
  let issued: String
  let payer: String
  let letterhead: [String]
  let addressee: [String]
  let notice: [Fact]
  let headline: String
  /// The patient, the provider and the dates of care, on one line.
  let occasion: String
  let lead: String
  let care: [Fact]
  let billed: String
  let shares: [ChargeShare]
  let refusal: Refusal?
  let services: ServiceTable
  let notes: [Note]
  let year: YearProgress?
  let workings: [Working]
  let rights: AppealRights
  let glossary: Glossary

  /// - Throws: `MoneyError.overflow` if an amount exceeds 64 bits.
  package init(_ eob: ExplanationOfBenefits) throws(MoneyError) {
    let whole = try ChargeBreakdown(of: eob.decision.lines)
    let summary = Summary(eob, whole)
    let names = ServiceNames(of: eob.claim, words: eob.services)
    var notes = NoteBook()
    number = eob.id.text
    issued = eob.issued.written
    payer = eob.sender.name
    letterhead = eob.sender.lines
    addressee = Self.addressee(eob.claim.subscriber)
    headline = summary.headline
    lead = summary.lead
    notice = Fact.ofNotice(eob)
    occasion = summary.occasion
    care = Fact.ofCare(eob)
    billed = whole.billed.dollars
    shares = try ChargeShare.all(of: whole)
    services = try ServiceTable(of: eob.decision, whole, named: names, notes: &notes)
    refusal = Refusal(of: eob.decision, named: names, notes)
    self.notes = notes.notes
    year = try eob.yearToDate.map { year throws(MoneyError) in try YearProgress(year) }
    workings = eob.decision.lines.map { Working(of: $0, named: names) }
    rights = AppealRights(of: eob)
    glossary = Glossary(whole, hasYear: year != nil)
  }

  private static func addressee(_ subscriber: Subscriber) -> [String] {
    [subscriber.name.full] + (subscriber.address?.lettered ?? [])
  }
}

/// What readers need to know if they read no further.
struct Summary {
  let occasion: String
  let headline: String
  let lead: String

  init(_ eob: ExplanationOfBenefits, _ whole: ChargeBreakdown) {
    let claim = eob.claim
    occasion = [claim.patientName, claim.treatingProvider.name, claim.daysOfCare?.written].compactMap(\.self)
      .joined(separator: " \u{B7} ")
    let biller = claim.billingProvider.name
    let owed = whole.yourShare.dollars
    let waits =
      "Pay nothing on this notice: wait for a bill from \(biller) and compare it with this amount. "
      + "What you paid at the visit counts toward it."
    let owesNothing = "If \(biller) sends you a bill for this care, call us before you pay it."
    switch eob.outcome {
    case .paid where whole.yourShare == .zero:
      headline = "You owe nothing."
      lead = Self.sentences(Self.paid(whole), Self.unpaidServices(eob.decision), owesNothing)
    case .paid:
      headline = "You may owe \(owed)."
      lead = Self.sentences(Self.paid(whole), Self.unpaidServices(eob.decision), waits)
    case .memberOwesAll:
      headline = "You may owe \(owed)."
      let allYours =
        "Your plan paid nothing this time, because all that was left of the \(whole.billed.dollars) is your share."
      lead = Self.sentences(allYours, Self.unpaidServices(eob.decision), waits)
    case .nothingDue:
      headline = "You owe nothing."
      lead = Self.sentences("No payment was due on this claim.", owesNothing)
    case .denied where whole.yourShare == .zero:
      headline = "Your plan did not pay. You owe nothing."
      lead = Self.sentences("The reason is below.", owesNothing)
    case .denied:
      headline = "Your plan did not pay. You may owe \(owed)."
      lead = "The reason, and what you can do about it, is below. \(waits)"
    }
  }

  private static func paid(_ whole: ChargeBreakdown) -> String {
    let paid = "Your plan paid \(whole.planPaid.dollars) of the \(whole.billed.dollars) that was billed"
    let discount = whole[.discount]
    return discount == .zero ? "\(paid)." : "\(paid), and its discount took off \(discount.dollars)."
  }

  private static func unpaidServices(_ decision: Decision) -> String {
    switch decision.lines.count(where: \.isDenied) {
    case 0: ""
    case 1: "One service was not paid; the reason is below."
    case let count: "\(count) services were not paid; the reasons are below."
    }
  }

  private static func sentences(_ sentences: String...) -> String {
    sentences.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

/// Why services were not paid and what to do about it. It is near the top, because readers want to know it first.
struct Refusal {
  let title: String
  let reasons: [Reason]

  struct Reason {
    let title: String
    let codes: String
    /// The services that the reason applies to, `Line 2 (G0463)`; nil when it applies to the whole claim.
    let services: String?
    let text: String
    let advice: String?
  }

  /// Returns nil if nothing was denied.
  init?(of decision: Decision, named names: ServiceNames, _ notes: NoteBook) {
    let denied = decision.lines.filter(\.isDenied)
    guard !denied.isEmpty else { return nil }
    var found: [(note: Note, lines: [LineDecision])] = []
    for line in denied {
      for note in line.adjustments.compactMap(notes.note(of:)) {
        if let index = found.firstIndex(where: { $0.note.number == note.number }) {
          found[index].lines.append(line)
        } else {
          found.append((note, [line]))
        }
      }
    }
    let isWhole = decision.isDenied && found.count == 1
    title = decision.isDenied ? "Why your plan did not pay" : "Why a part was not paid"
    reasons = found.map { note, lines in
      Reason(
        title: note.title, codes: note.codes, services: isWhole ? nil : Self.list(lines, named: names), text: note.text,
        advice: note.advice)
    }
  }

  private static func list(_ lines: [LineDecision], named names: ServiceNames) -> String {
    let list = lines.map { "\($0.number) (\(names.title(of: $0)))" }.joined(separator: ", ")
    return "\(lines.count == 1 ? "Line" : "Lines") \(list)"
  }
}
