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
  /// CARC.
  package static let reasons: Set<String> = [
    "1", "2", "3", "4", "16", "18", "23", "24", "26", "27", "29", "31", "45", "54", "59", "96", "97", "107", "119",
    "146",
    "151", "197", "236", "253", "A1",
  ]
  /// CARCs whose own wording requires an accompanying remark code.
  package static let reasonsWithRemark: Set<String> = [
    "16", "96", "125", "129", "148", "226", "227", "234", "252", "A1",
  ]
  /// CARCs that explain part of a payment, and never a denied claim: the member's share, what other payers paid, the
  /// difference from the allowed amount, sequestration.
  package static let reasonsOfPayments: Set<String> = ["1", "2", "3", "23", "45", "94", "253"]
  /// RARC.
  package static let remarks: Set<String> = ["M76", "M77", "MA67", "MA130", "N122", "N130", "N362", "N448", "N519"]
}
