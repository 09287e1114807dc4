import ClaimsDomain

/// The format of a value in a plan, fee or member file.
struct ScalarForm<Value> {
  /// Completes the sentence "must be …".
  let expectation: String
  let parse: (String) -> Value?
}

extension ScalarForm where Value == String {
  static var text: Self {
    ScalarForm(expectation: "a text") { $0.isEmpty ? nil : $0 }
  }

  /// A whole code, or the beginning of codes: `G0463`, `J*`.
  static var codePattern: Self {
    ScalarForm(expectation: "a code such as G0463, or the beginning of codes such as J*") { text in
      let stem = text.hasSuffix("*") ? text.dropLast() : text[...]
      return !stem.isEmpty && stem.utf8.allSatisfy(\.isCodeByte) ? text : nil
    }
  }

  static var code: Self {
    ScalarForm(expectation: "a code of capital letters and digits") { text in
      !text.isEmpty && text.utf8.allSatisfy(\.isCodeByte) ? text : nil
    }
  }
}

extension ScalarForm where Value == String {
  /// Ten digits. The check digit is not verified: providers are listed under the numbers that claims use.
  static var npi: Self {
    ScalarForm(expectation: "an NPI of ten digits") { text in
      text.utf8.count == 10 && text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) ? text : nil
    }
  }
}

extension ScalarForm where Value == String {
  static var modifier: Self {
    ScalarForm(expectation: "a modifier of two capital letters or digits, such as \"52\" or CQ") { text in
      text.utf8.count == 2 ? ScalarForm.code.parse(text) : nil
    }
  }
}

extension ScalarForm where Value == Int {
  static var baseUnits: Self {
    ScalarForm(expectation: "a whole number of units from 0 to 99") { text in
      Int(text).flatMap { (0...99).contains($0) ? $0 : nil }
    }
  }
}

extension ScalarForm where Value == Money {
  /// Negative amounts are invalid, because no plan takes money from a provider.
  static var amount: Self {
    ScalarForm(expectation: "an amount from 0.00 to \(Money.claimLimit), such as 1500 or 1500.00") { text in
      guard let amount = try? Money(parsing: text), amount >= .zero, amount <= .claimLimit else { return nil }
      return amount
    }
  }
}

extension ScalarForm where Value == BasisPoints {
  /// The percent sign is required, because a bare 0.2 or 20 would be ambiguous.
  static var percentage: Self {
    ScalarForm(expectation: "a percentage from 0% to 100% with at most two decimals, such as 20%") { text in
      guard text.hasSuffix("%") else { return nil }
      var digits = text.dropLast()
      while digits.last == " " { digits = digits.dropLast() }
      // A percentage with two decimals is parsed like an amount with cents: both count hundredths.
      guard let hundredths = try? Money(parsing: digits).cents, (0...10_000).contains(hundredths) else { return nil }
      return BasisPoints(hundredths)
    }
  }
}

extension ScalarForm where Value == Int {
  static var days: Self {
    ScalarForm(expectation: "a whole number of days from 1 to 3660") { text in
      Int(text).flatMap { (1...3_660).contains($0) ? $0 : nil }
    }
  }
}

extension ScalarForm where Value == Int {
  /// Zero is invalid, because a benefit without any visits is a benefit that is not covered.
  static var visits: Self {
    ScalarForm(expectation: "a whole number of visits from 1 to 999") { text in
      Int(text).flatMap { (1...999).contains($0) ? $0 : nil }
    }
  }
}

extension ScalarForm where Value == Bool {
  static var flag: Self {
    ScalarForm(expectation: "true or false") { ["true": true, "false": false][$0] }
  }
}

extension ScalarForm where Value == CalendarDate {
  static var date: Self {
    ScalarForm(expectation: "a day such as 2026-01-31") { CalendarDate(parsing: $0) }
  }
}

extension ScalarForm where Value: CaseIterable & RawRepresentable<String> {
  /// One of the words of a type.
  static func choice(of type: Value.Type) -> Self {
    .choice(Dictionary(uniqueKeysWithValues: type.allCases.map { ($0.rawValue, $0) }))
  }
}

extension ScalarForm {
  /// One of the given words.
  static func choice(_ words: [String: Value]) -> Self {
    ScalarForm(expectation: words.keys.sorted().joined(separator: " or ")) { words[$0] }
  }
}

extension UInt8 {
  /// Whether the byte is a capital letter or a digit. All X12 codes consist of these.
  fileprivate var isCodeByte: Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
  }
}
