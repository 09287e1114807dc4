/// A published list of codes, such as the billable ICD-10-CM codes or the places of service.
package struct CodeList: Hashable, Sendable {
  private let codes: Set<String>

  package init(_ codes: some Sequence<String>) {
    self.codes = Set(codes)
  }

  package var count: Int { codes.count }
  package func contains(_ code: String) -> Bool { codes.contains(code) }
}

/// The codes that decisions use. A ruleset whose code lists lack one of them is rejected, because a remittance with a
/// retired code is sent back.
package enum WrittenCodes {
  private static let all =
    RuleID.allCases.map(\.declaration).flatMap { [$0.denies, $0.adjusts] }.compactMap(\.self)
    + [.writtenOff, .balanceBilled, .otherPayers]

  /// CARC.
  package static let reasons = Set(all.map(\.reason.rawValue))
  /// RARC.
  package static let remarks = Set(all.compactMap(\.remark?.rawValue))
}
