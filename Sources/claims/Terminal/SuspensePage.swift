import ClaimFormats
import ClaimStore
import ClaimsApp
import ClaimsDomain

/// What a claim waits for: the claim as it was submitted, and the commands that resolve it.
struct SuspensePage {
  private let claim: SuspendedClaim
  /// The options that every command needs, such as the store.
  private let options: String

  init(_ claim: SuspendedClaim, options: String) {
    self.claim = claim
    self.options = options
  }

  var text: String {
    var page: [String] = []
    if let submitted = claim.claim {
      page += ["  AS SUBMITTED"] + submitted.lines.map(line)
      page += (submitted.otherPayers ?? []).map { payer($0, submitted) }
      if let causes = submitted.relatedCauses { page.append("    related causes \(causes.joined(separator: " "))") }
      page += ["    type of bill or place \(submitted.facilityCode), frequency \(submitted.frequency.code)", ""]
    }
    page += [
      "  WAITS FOR A PERSON", "    \(claim.code): \(claim.text)", "    since \(claim.since): \(claim.standing)",
    ]
    page += claim.resemblances.map { "    resembles \($0.claimID): \($0.text)" }
    page += claim.notes.map { "    \($0.at.day) \($0.person.displayed): \($0.text.displayed)" }
    page += claim.advice.map { "    \($0)\(options)" }
    return page.joined(separator: "\n")
  }

  private func line(_ line: ServiceLine) -> String {
    let code = ([line.code] + (line.procedure?.modifiers ?? [])).joined(separator: "-")
    let revenue = line.procedure == nil ? "" : line.revenueCode.map { "  revenue \($0)" } ?? ""
    let days = line.serviceDates.map { $0.first == $0.last ? "\($0.first)" : "\($0.first) to \($0.last)" } ?? "no date"
    let unit = (line.basis == .minutes ? "minute" : "unit") + (line.units == .one ? "" : "s")
    return "    LINE \(line.number)  \(code.displayed)\(revenue)  charge \(line.charge)  \(line.units) \(unit)  \(days)"
  }

  private func payer(_ payer: OtherPayer, _ claim: SubmittedClaim) -> String {
    let told =
      claim.hasDecided(payer)
      ? payer.paid.map { "paid \($0)" } ?? "decided, and does not say what it paid" : "has not decided"
    return "    PAYER \(payer.id.text.displayed) in turn \(payer.sequence.rawValue)  \(told)"
  }
}
