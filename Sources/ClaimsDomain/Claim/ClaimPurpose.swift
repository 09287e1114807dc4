/// What a transaction of claims is sent for, other than to be paid (BHT06).
package enum ClaimPurpose: String, Hashable, Sendable, Codable, CaseIterable {
  /// RP: an encounter is reported. Its provider is paid otherwise, by capitation for instance.
  case encounter = "RP"
  /// 31: a Medicaid agency that has paid asks the payer who is liable to pay it back.
  case subrogation = "31"
}
