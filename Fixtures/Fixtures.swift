/// The sample plans, fees and members, built into the binary so that it runs in any folder.
package enum SampleFiles {
  /// Claims of the sample members, at least one for each outcome: `claims/demo.837`.
  package static let claims: [UInt8] = PackageResources.demo_837

  package static let plans: [(name: String, bytes: [UInt8])] = [
    ("PPO.yaml", PackageResources.PPO_yaml),
    ("HMO.yaml", PackageResources.HMO_yaml),
    ("HDHP.yaml", PackageResources.HDHP_yaml),
  ]

  package static let feeSchedules: [(name: String, bytes: [UInt8])] = [
    ("standard.csv", PackageResources.standard_csv)
  ]

  package static let members: [(name: String, bytes: [UInt8])] = [
    ("members.csv", PackageResources.members_csv)
  ]

  package static let services: [(name: String, bytes: [UInt8])] = [
    ("services.csv", PackageResources.services_csv)
  ]

  /// Files to start from, with `{DAY}` for the day of care and `{YEAR}` for its year.
  package enum Start {
    package static let plan: [UInt8] = PackageResources.first_plan_yaml
    package static let fees: [UInt8] = PackageResources.first_fees_csv
    package static let members: [UInt8] = PackageResources.first_members_csv
    package static let services: [UInt8] = PackageResources.first_services_csv
    package static let payer: [UInt8] = PackageResources.first_payer_yaml
    package static let claim: [UInt8] = PackageResources.first_claim_json
  }

  package static let payer: (name: String, bytes: [UInt8]) = ("payer.yaml", PackageResources.payer_yaml)
}
