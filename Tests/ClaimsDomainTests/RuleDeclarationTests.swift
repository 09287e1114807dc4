import ClaimsDomain
import Foundation
import Testing

@Suite("What a rule declares")
struct RuleDeclarationTests {
  @Test("A rule denies or adjusts, unless it requests no payment or a person has chosen the code")
  func codes() {
    let without = RuleID.allCases.filter { $0.declaration.denies == nil && $0.declaration.adjusts == nil }
    #expect(Set(without) == [.priceNoCharge, .deniedByPerson])
  }

  @Test(
    "A reason that X12 does not allow without a remark has one, and no other reason has", arguments: RuleID.allCases)
  func remarks(rule: RuleID) {
    for code in [rule.declaration.denies, rule.declaration.adjusts].compactMap(\.self) {
      let isRequired = ReasonCode.requiringRemark.contains(code.reason.rawValue)
      #expect(!isRequired || code.remark != nil, "\(code)")
    }
  }

  @Test("A reason for a part of a payment denies nothing", arguments: RuleID.allCases)
  func denials(rule: RuleID) {
    guard let code = rule.declaration.denies else { return }
    #expect(!ReasonCode.ofPayments.contains(code.reason.rawValue))
  }

  @Test("Codes that are read but no longer written are not declared")
  func retired() {
    #expect(WrittenCodes.reasons.isDisjoint(with: ["42", "A2"]))
    #expect(WrittenCodes.reasons.count > 20 && WrittenCodes.remarks.count > 8)
  }

  @Test("The table in docs/adjudication.md has a row for every rule, with the codes that the rule declares")
  func table() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/adjudication.md")
    let rows = try DocumentedRules(String(contentsOf: page, encoding: .utf8)).codes
    #expect(Set(rows.keys) == Set(RuleID.allCases.map(\.rawValue)))
    for rule in RuleID.allCases {
      let codes = [rule.declaration.denies, rule.declaration.adjusts].compactMap(\.self).map(\.description)
      let documented = try #require(rows[rule.rawValue])
      #expect(codes.allSatisfy(documented.contains), "\(rule.rawValue): \(codes), documented \(documented)")
    }
  }
}

/// The table of rules in the page about adjudication.
private struct DocumentedRules {
  /// The codes of each rule, under its ID.
  private(set) var codes: [String: [String]] = [:]

  /// In a row such as `contract.per-diem`, `.percent-of-charge`, an ID that begins with a period continues the first.
  init(_ page: String) {
    let rows = page.split(separator: "\n").drop { !$0.hasPrefix("| # | rule in") }.prefix { $0.hasPrefix("|") }
    for row in rows {
      let cells = row.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard cells.count > 3 else { continue }
      let codes = cells[3].split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
      var stem = ""
      for match in cells[2].matches(of: /`([a-z.-]+)`/) {
        let name = String(match.output.1)
        let id = name.hasPrefix(".") ? stem + name : name
        if !name.hasPrefix(".") { stem = String(name.prefix { $0 != "." }) }
        self.codes[id, default: []] += codes
      }
    }
  }
}
