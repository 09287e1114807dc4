import ClaimFormats
import ClaimsDomain
import Fixtures

/// The files in the binary, and edited copies of them.
enum Samples {
  static let plans = SampleFiles.plans.map { SourceFile(name: $0.name, bytes: $0.bytes) }
  static let fees = SampleFiles.feeSchedules.map { SourceFile(name: $0.name, bytes: $0.bytes) }
  static let members = SampleFiles.members.map { SourceFile(name: $0.name, bytes: $0.bytes) }

  static func ruleset() throws -> Ruleset {
    try RulesetFiles(plans: plans, feeSchedules: fees).ruleset()
  }

  static func file(_ name: String, _ text: String) -> SourceFile {
    SourceFile(name: name, bytes: Array(text.utf8))
  }

  /// A small valid plan, with one key per line.
  static let plan = """
    id: TINY
    name: Tiny plan
    version: "1"
    deductible:
      individual: 100.00
      family: 200.00
      embedded: true
    out_of_pocket_maximum:
      individual: 1000
      family: 2000
      embedded: true
    coinsurance: 12.5%
    cost_share_order: copay-first
    timely_filing_days: 90
    pricing:
      fee_schedule: standard
      otherwise_percent_of_charge: 60 %
    benefits:
      - id: visit
        applies:
          places_of_service: ["11"]
        copay: 25.50
        waives_deductible: true
      - id: excluded
        applies:
          procedures: [V5*]
          revenue_codes: [0450]
        covered: false

    """
}
