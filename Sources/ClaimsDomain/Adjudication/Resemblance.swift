/// How closely a service resembles one that another claim was allowed: a score from 0 to 100, with its reasons.
///
/// 100 is the same in everything that is compared. Each difference takes points away (`Trait`), and from `waiting`
/// upward a person compares both claims. The points are whole numbers, and only fields that intake has normalized are
/// compared, so two claims have the same score on any machine at any time. A score makes a claim wait; it never pays
/// and never denies.
package struct Resemblance: Hashable, Sendable, Codable {
  /// The lowest score with which a claim waits.
  package static let waiting = 50

  /// The claim that was allowed the other service.
  package let claimID: ClaimIntakeID
  package let line: Int
  /// The number of the other claim's line; nil if that claim cannot be read.
  package let otherLine: Int?
  package let score: Int
  package let traits: [Trait]

  package init(to claimID: ClaimIntakeID, line: Int, otherLine: Int?, traits: [Trait]) {
    self.claimID = claimID
    self.line = line
    self.otherLine = otherLine
    self.traits = traits
    score = max(0, min(100, 100 + traits.map(\.points).reduce(0, +)))
  }

  package var mustWait: Bool { score >= Self.waiting }

  /// The score and its reasons, for an examiner.
  package var text: String {
    let reasons = traits.isEmpty ? "the same in all that is compared" : traits.map(\.text).joined(separator: ", ")
    return "line \(line), \(score) of 100" + (otherLine.map { " beside line \($0)" } ?? "") + ": \(reasons)"
  }

  /// Returns, for each claim among these, the closest resemblance, ordered by claim.
  package static func closest(of all: [Resemblance]) -> [Resemblance] {
    let best = Dictionary(all.map { ($0.claimID, $0) }) { first, second in
      (second.score, first.line) > (first.score, second.line) ? second : first
    }
    return best.values.sorted { $0.claimID < $1.claimID }
  }

  enum CodingKeys: String, CodingKey {
    case line, score, traits
    case claimID = "claim_intake_id"
    case otherLine = "other_line"
  }
}

extension Resemblance {
  /// What two services of one member and code have apart, or what says that one is a copy of the other.
  package enum Trait: String, Hashable, Sendable, Codable, CaseIterable {
    case daysOverlap = "days-overlap"
    case dayApart = "day-apart"
    case dayApartInDailyCare = "day-apart-in-daily-care"
    case otherIdentifier = "provider-other-identifier"
    case providerMistyped = "provider-mistyped"
    case colleague = "provider-of-same-practice"
    case otherProvider = "provider-differs"
    case chargeMistyped = "charge-mistyped"
    case chargeDiffers = "charge-differs"
    case unitsDiffer = "units-differ"
    case modifiersDiffer = "modifiers-differ"
    case placeDiffers = "place-differs"
    case revenueDiffers = "revenue-code-differs"
    case diagnosesDiffer = "diagnoses-differ"
    case otherSite = "other-site"
    case otherComponent = "other-component"
    case otherSurgeon = "other-surgeon"
    case repeatedService = "repeated-service"
    case numberMistyped = "claim-number-mistyped"
    case unreadable = "other-claim-unreadable"

    /// What the trait adds to 100. A modifier that says outright that the service is another one outweighs everything
    /// else but a claim number that is a copy of the other.
    package var points: Int {
      switch self {
      case .placeDiffers, .revenueDiffers, .otherIdentifier, .chargeMistyped: -5
      case .daysOverlap, .providerMistyped, .chargeDiffers, .unitsDiffer, .modifiersDiffer, .diagnosesDiffer: -10
      case .colleague: -20
      case .otherProvider: -40
      case .dayApart: -45
      case .unreadable: -50
      case .dayApartInDailyCare, .otherSite, .otherComponent, .otherSurgeon, .repeatedService: -60
      case .numberMistyped: 15
      }
    }

    package var text: String {
      switch self {
      case .daysOverlap: "some of the days are the same"
      case .dayApart: "a day apart"
      case .dayApartInDailyCare: "a day apart, where care is given daily"
      case .otherIdentifier: "the provider under another identifier"
      case .providerMistyped: "the provider's NPI is a slip away"
      case .colleague: "another provider of the practice"
      case .otherProvider: "another provider"
      case .chargeMistyped: "the charge is a slip away"
      case .chargeDiffers: "another charge"
      case .unitsDiffer: "other units"
      case .modifiersDiffer: "other modifiers"
      case .placeDiffers: "another place of service"
      case .revenueDiffers: "another revenue code"
      case .diagnosesDiffer: "no diagnosis in common"
      case .otherSite: "a modifier names another side or site"
      case .otherComponent: "professional and technical component"
      case .otherSurgeon: "another surgeon's part"
      case .repeatedService: "a modifier says that the service was repeated or is distinct"
      case .numberMistyped: "the claim number is a slip away"
      case .unreadable: "the other claim cannot be read"
      }
    }
  }
}
