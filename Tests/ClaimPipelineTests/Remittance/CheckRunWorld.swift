import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableTesting
import TestSupport
import Verification

/// Finished claims of two providers, and check runs for them in as many lives of the process as needed.
struct CheckRunWorld {
  let world: ClaimsWorld
  var format = PlainRemittanceFormat()
  var claimsPerCheck = 2

  static let claims: [SubmittedClaim] = (1...7).map { number in
    var claim = SampleClaim.make(
      "C-\(number)", member: "W10000000\(number)", services: [.init("G0463", Int64(20_000 + number * 100))])
    // Every third claim comes from a second practice.
    if number % 3 == 0 { claim.billingProvider = Provider(name: "Willow Clinic", npi: "1999999992") }
    return claim
  }

  init(on kind: StoreKind, claims: [SubmittedClaim] = Self.claims) async throws {
    world = try ClaimsWorld(on: kind)
    try await process(claims)
  }

  func process(_ claims: [SubmittedClaim]) async throws {
    _ = try await world.process(claims, on: try await world.openStore())
  }

  static let issuer = RemittanceIssuer(
    payer: RemittancePayer(
      name: "Sample", address: Address(lines: ["1 Way"], city: "Ocala", state: "FL", postalCode: "34470"),
      technicalContact: RemittanceContact(telephone: "5555550101")), taxID: "591112222")

  /// Performs a check run in one life of a process, and returns the claims that were held back.
  @discardableResult
  func run(_ script: FaultScript? = nil, on day: String = "2026-04-03") async throws -> [HeldBackClaim] {
    func run(on store: ClaimStore) async throws -> [HeldBackClaim] {
      let agent = RemittanceAgent(
        store: store, runner: ClaimsWorld.runner(), issuer: Self.issuer, format: format,
        claimsPerCheck: claimsPerCheck)
      guard let run = try await agent.begin(on: CalendarDate(parsing: day)) else { return [] }
      var heldBack: [HeldBackClaim] = []
      while let step = try await agent.next(in: run) { heldBack += step.heldBack }
      let last = try await IssuedRemittances(store).newest(1).last
      _ = try await agent.close(run, deliveredThrough: last?.number ?? 0)
      return heldBack
    }
    return try await run(on: try await world.openStore(probe: script?.probe))
  }

  /// Returns every remittance with its file.
  func issued() async throws -> [(row: RemittanceRow, file: String)] {
    func issued(on store: ClaimStore) async throws -> [(RemittanceRow, String)] {
      let remittances = IssuedRemittances(store)
      var issued: [(RemittanceRow, String)] = []
      for row in try await remittances.newest(1_000) {
        issued.append((row, String(decoding: try await remittances.file(of: row), as: UTF8.self)))
      }
      return issued
    }
    return try await issued(on: try await world.openStore())
  }

  /// Returns the lines about claims in all files, sorted.
  func told() async throws -> [String] {
    try await issued().flatMap { $0.file.split(separator: "\n").dropFirst() }.map(String.init).sorted()
  }

  func findings() async throws -> [String] {
    func verify(_ store: ClaimStore) async throws -> VerificationReport {
      try await Verifier(store: store).verify(rulesets: [world.ruleset.id: world.ruleset], bank: world.bank)
    }
    let report = try await verify(try await world.openStore())
    return report.findings.map(\.description) + report.notes.map(\.work.rawValue)
  }
}
