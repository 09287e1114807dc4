package import ClaimsDomain

/// The letter as it is read: every text in its final words, every amount written out. The page and the plain text are
/// two ways to set it, so they cannot say different things.
///
/// Its values are stored, not computed, since the page's template finds them by reflection.
package struct EOBLetter: Sendable {
  let number: String
  let issued: String
  let payer: String
  let addressee: [String]
  let notice: [Fact]
  let headline: String
  /// Who, which provider, when: on one line.
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

  /// - Throws: `MoneyError.overflow` when the amounts leave 64 bits.
  package init(_ eob: ExplanationOfBenefits) throws(MoneyError) {
    let whole = try ChargeBreakdown(of: eob.decision.lines)
    let summary = Summary(eob, whole)
    let names = ServiceNames(of: eob.claim)
    var notes = NoteBook()
    number = eob.id.text
    issued = eob.issued.written
    payer = eob.payerName
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
    rights = AppealRights()
  }

  private static func addressee(_ subscriber: Subscriber) -> [String] {
    guard let address = subscriber.address else { return [subscriber.name.full] }
    let town = "\(address.city), \(address.state) \(address.postalCode)"
    return [subscriber.name.full] + address.lines.filter { !$0.isEmpty } + [town]
  }
}
