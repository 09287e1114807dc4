import ClaimsDomain

extension ScalarForm where Value == String {
  /// A HCPCS code, CPT among them.
  static var procedure: Self {
    ScalarForm(expectation: "a HCPCS code of five capital letters and digits") { text in
      text.utf8.count == 5 ? ScalarForm.code.parse(text) : nil
    }
  }
}

extension ScalarForm where Value == Character {
  static var indicator: Self {
    ScalarForm(expectation: "an indicator of one letter or digit") { text in
      text.utf8.count == 1 && ScalarForm<String>.code.parse(text) != nil ? text.first : nil
    }
  }
}

extension ScalarForm {
  static func decimal<Tag>() -> Self where Value == ExactDecimal<Tag> {
    ScalarForm(
      expectation: "a number from 0 to \(Value.limit) with at most \(Tag.places) decimals",
      parse: { Value(parsing: $0) })
  }

  /// A code of a closed list.
  static func known() -> Self where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
    return ScalarForm(expectation: "one of \(words)") { Value(rawValue: $0) }
  }

  /// A number of a closed list.
  static func known() -> Self where Value: RawRepresentable & CaseIterable, Value.RawValue == Int {
    let words = Value.allCases.map { "\($0.rawValue)" }.joined(separator: ", ")
    return ScalarForm(expectation: "one of \(words)") { Int($0).flatMap(Value.init) }
  }
}
