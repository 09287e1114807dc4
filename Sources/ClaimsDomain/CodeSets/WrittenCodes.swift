/// The codes decisions are written with. A ruleset whose code lists lack one of them is refused: a remittance with a code
/// that is no longer in use comes back.
package enum WrittenCodes {
  /// CARC.
  package static let reasons: Set<String> = [
    "1", "2", "3", "4", "16", "18", "23", "24", "26", "27", "29", "31", "45", "54", "59", "96", "97", "107", "119",
    "146",
    "151", "197", "236", "253", "A1",
  ]
  /// RARC.
  package static let remarks: Set<String> = ["M76", "M77", "MA67", "MA130", "N122", "N130", "N362", "N448", "N519"]
}
