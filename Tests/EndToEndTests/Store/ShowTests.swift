import Foundation
import Testing

@Suite("claims show")
struct ShowTests {
  private struct File: Decodable {
    struct Line: Decodable {
      struct Adjustment: Decodable {
        struct Input: Decodable {
          let name: String
          let value: String
        }

        let group: String
        let code: String
        let amount: String
        let rule: String
        let inputs: [Input]
      }

      let charge: String
      let paid: String
      let adjustments: [Adjustment]
    }

    struct Suspense: Decodable {
      let code: String
      let otherClaims: [String]

      enum CodingKeys: String, CodingKey {
        case code
        case otherClaims = "other_claims"
      }
    }

    struct Payment: Decodable { let amount: String }
    struct Posting: Decodable { let debit: String }
    struct Key: Decodable { let key: String }

    let claimNumber: String
    let status: String
    let lines: [Line]
    let payments: [Payment]
    let ledger: [Posting]
    let keys: [Key]
    let suspended: Suspense?

    enum CodingKeys: String, CodingKey {
      case status, lines, payments, ledger, keys, suspended
      case claimNumber = "claim_number"
    }
  }

  private static func file(_ id: String, in office: Office) async throws -> File {
    let run = try await office.claims(["show", id, "--output", "json"])
    #expect(run.way == .exited(0) && run.jsonLines.count == 1, "\(run.errors)")
    return try JSONDecoder().decode(File.self, from: Data(run.output))
  }

  @Test("as JSON, shows why each amount was deducted, by which rule and inputs, and what was paid, posted and stored")
  func json() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837")
    let paid = try await Self.file("DEMO-001", in: office)
    #expect(paid.status == "paid" && paid.payments.map(\.amount) == ["95.00"])
    #expect(paid.lines.map(\.paid) == ["95.00"])
    let adjustments = try #require(paid.lines.first?.adjustments)
    #expect(adjustments.map { "\($0.group)-\($0.code) \($0.amount)" } == ["CO-45 55.00", "PR-3 30.00"])
    #expect(adjustments.map(\.rule) == ["price.fee-schedule", "cost-share.copay"])
    #expect(adjustments[0].inputs.contains { $0.name == "fee" && $0.value == "125.00" })
    #expect(paid.ledger.count >= 2 && paid.keys.count == 5 && paid.suspended == nil)
    for key in paid.keys { #expect(try await office.claims(["replay", key.key]).way == .exited(0)) }

    let waits = try await Self.file("DEMO-013", in: office)
    #expect(waits.status == "suspended" && waits.suspended?.code == "prior-claim-unknown" && waits.lines.isEmpty)
  }

  @Test("shows the remittance that reported the claim, once there is one")
  func told() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    _ = try await office.process("in.837", "--remit", "era/")
    let remittance = try #require(
      try FileManager.default.contentsOfDirectory(atPath: office.path("era")).first?.dropLast(4))
    let text = try await office.claims(["show", "DEMO-001"])
    #expect(text.text.contains("  REMITTANCES\n    settlement  \(remittance)\n"), "\(text.text)")
    let json = try await office.claims(["show", "DEMO-001", "--output", "json"])
    #expect(json.text.contains(#""remittances":[{"part":"settlement","remittance":"\#(remittance)"}]"#))
  }
}
