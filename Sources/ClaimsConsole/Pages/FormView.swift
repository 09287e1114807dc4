import ClaimFormats
import ClaimsDomain

/// A claim as it was sent.
struct FormView: Sendable {
  let facts: [ClaimView.Fact]
  let lines: [Line]
  let payers: [Payer]

  struct Line: Sendable {
    let number: Int
    let code: String
    let dates: String
    let units: String
    let place: String
    let diagnoses: String
    let charge: String
  }

  struct Payer: Sendable {
    let id: String
    let turn: String
    let paid: String
  }

  init(_ claim: SubmittedClaim) {
    facts = Self.facts(of: claim)
    lines = claim.lines.map { Line($0, of: claim) }
    payers = (claim.otherPayers ?? []).map {
      Payer(id: $0.id.text, turn: $0.sequence.rawValue, paid: $0.paid?.grouped ?? "not decided")
    }
  }

  private static func facts(of claim: SubmittedClaim) -> [ClaimView.Fact] {
    let subscriber = claim.subscriber
    let name = claim.patient.dependent?.name ?? subscriber.name
    let birthDate = claim.patient.dependent.map(\.birthDate) ?? subscriber.birthDate
    let facts: [(String, String?)] = [
      ("Patient", name.full + (birthDate.map { ", born \($0)" } ?? "")),
      ("Member", "\(subscriber.name.full), \(subscriber.memberID)"),
      ("Billing provider", "\(claim.billingProvider.name), \(claim.billingProvider.reference)"),
      ("Rendering provider", claim.renderingProvider.map { "\($0.name), \($0.reference)" }),
      ("Kind", "\(claim.kind.rawValue), frequency \(claim.frequency.code)"),
      ("Payer's turn", claim.payerSequence.rawValue),
      ("Diagnoses", claim.diagnoses.isEmpty ? nil : claim.diagnoses.joined(separator: " ")),
      ("Stay", claim.statementDates?.text), ("Authorization", claim.priorAuthorization),
      ("Names our claim", claim.payerControlNumber), ("Sent to", claim.payer.name),
    ]
    return facts.compactMap { label, value in value.map { ClaimView.Fact(label: label, value: $0) } }
  }
}

extension FormView.Line {
  fileprivate init(_ line: ServiceLine, of claim: SubmittedClaim) {
    number = line.number
    let code = line.procedure.map { ([$0.code] + $0.modifiers).joined(separator: " ") }
    self.code = [line.revenueCode, code].compactMap(\.self).joined(separator: " / ")
    dates = (line.serviceDates ?? claim.statementDates)?.text ?? ""
    units = "\(line.units)"
    place = line.placeOfService
    diagnoses = line.diagnosisPointers.map(String.init).joined(separator: " ")
    charge = line.charge.grouped
  }
}

extension DateRange {
  fileprivate var text: String { first == last ? "\(first)" : "\(first) to \(last)" }
}
