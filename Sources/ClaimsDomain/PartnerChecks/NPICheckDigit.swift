/// The last digit of a National Provider Identifier: Luhn's over 80840 and the nine digits before it (45 CFR 162.406; CMS,
/// "Requirements for National Provider Identifier and NPI Check Digit"). 80840 is the prefix of a health card of the
/// United States; it adds 24 to the sum.
package enum NPICheckDigit {
  /// Whether a text is ten digits, the last of which is the right one.
  package static func holds(in npi: String) -> Bool {
    let digits = npi.utf8.map { Int($0) - Int(UInt8(ascii: "0")) }
    guard digits.count == 10, digits.allSatisfy((0...9).contains) else { return false }
    var sum = 24
    for (place, digit) in digits.enumerated() {
      let doubled = digit * 2
      sum += place.isMultiple(of: 2) ? doubled / 10 + doubled % 10 : digit
    }
    return sum.isMultiple(of: 10)
  }
}
