internal import ClaimsDomain
internal import StrictText

extension FieldGrammar {
  /// Nine digits and their check digit.
  static func npi(_ text: String) -> Outcome {
    let code = text.plainCode
    guard code.count == 10 else { return .malformed }
    if let found = CharacterPattern.digits(code, accepts: NPICheckDigit.holds(in:)) {
      return Outcome(value: found.value, correction: found.correction)
    }
    guard code.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return .malformed }
    return Outcome(value: code, doubt: .checkDigit)
  }

  /// A day by its digits, in the order of the forms: month, day, year. A person may also type 2026-03-09.
  static func day(_ text: String, digits count: Int) -> Outcome {
    if let day = CalendarDate(parsing: text), text.contains("-") { return Outcome(value: day.description) }
    let code = text.capitals.filter { !" -/.".contains($0) }
    guard code.count == 8 || code.count == count else { return .malformed }
    guard let found = CharacterPattern.digits(code, accepts: { day(ofDigits: $0) != nil }),
      let day = day(ofDigits: found.value)
    else { return .malformed }
    return Outcome(value: day.description, correction: found.correction)
  }

  private static func day(ofDigits text: String) -> CalendarDate? {
    guard let number = Int(text) else { return nil }
    let year = text.count == 8 ? number % 10_000 : 2000 + number % 100
    let rest = text.count == 8 ? number / 10_000 : number / 100
    guard (1900...2099).contains(year) else { return nil }
    return CalendarDate(year: year, month: rest / 100, day: rest % 100)
  }

  /// Dollars and two cents, with a blank or a dot between them. The cents have columns of their own on the form, so an
  /// amount without them is not whole dollars but unclear.
  static func amount(_ text: String) -> Outcome {
    var plain = text.capitals
    if plain.hasPrefix("$") { plain = plain.dropFirst().trimmingBlanks }
    let parts = plain.split { $0 == " " || $0 == "." }.map(String.init)
    guard parts.count == 2, parts[1].count == 2 else { return .malformed }
    let groups = parts[0].split(separator: ",", omittingEmptySubsequences: false)
    guard groups.count == 1 || groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return .malformed }
    let dollars = groups.joined()
    guard !dollars.isEmpty, dollars.count <= 8, let found = CharacterPattern.digits(dollars + parts[1]),
      let cents = Int64(found.value)
    else { return .malformed }
    return Outcome(value: Money(cents: cents).description, correction: found.correction)
  }

  /// A name has at least one comma, since nothing else says which part is the last name. A dot in place of every comma
  /// is a comma that was read wrong.
  static func name(_ text: String) -> Outcome {
    let hasComma = text.contains(",")
    let parts = text.split(separator: hasComma ? "," : ".").map { part in
      String(part).filter { $0 != "." }.trimmingBlanks
    }
    let isName = parts.allSatisfy { part in
      part.contains(where: \.isLetter) && part.allSatisfy { $0.isLetter || " '-’`".contains($0) }
    }
    guard (2...4).contains(parts.count), isName else { return .malformed }
    return Outcome(value: parts.joined(separator: ", ").composed, correction: hasComma ? nil : ". read as ,")
  }

  /// A number that only its owner can check: kept as it is, without blanks.
  static func identifier(_ text: String, longest: Int) -> Outcome {
    let code = text.capitals.filter { $0 != " " }
    let isNumber = code.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-/._".contains($0)) }
    guard isNumber, code.contains(where: \.isNumber), code.utf8.count <= longest else { return .malformed }
    return Outcome(value: code)
  }

  /// That somebody has signed. What else may stand in place of a signature is for a person to judge.
  static func signature(_ text: String) -> Outcome {
    let plain = text.capitals.filter(\.isLetter)
    let signed = ["SIGNATUREONFILE", "SOF", "SIGNEDONFILE", "ONFILE"]
    return signed.contains { FormCaption.resemble($0, plain) } ? Outcome(value: "SIGNATURE ON FILE") : .malformed
  }

  static func modifiers(_ text: String) -> Outcome {
    let code = text.plainCode
    guard code.count.isMultiple(of: 2), (1...4).contains(code.count / 2) else { return .malformed }
    let found = CharacterPattern.outcome(of: code, [String(repeating: "X", count: code.count)]) { $0 }
    return Outcome(value: found.value?.inPairs, correction: found.correction, doubt: found.doubt)
  }

  /// FL44: the rate of a room is an amount, everything else a procedure and up to four modifiers.
  static func service(_ text: String) -> Outcome {
    if text.contains("."), let amount = amount(text).value { return Outcome(value: amount) }
    let code = text.plainCode
    guard code.count >= 5 else { return .malformed }
    let procedure = FieldGrammar.procedure.outcome(of: String(code.prefix(5)))
    guard let value = procedure.value else { return .malformed }
    guard code.count > 5 else { return procedure }
    let modifiers = modifiers(String(code.dropFirst(5)))
    guard let pairs = modifiers.value else { return .malformed }
    return Outcome(value: "\(value) \(pairs)", correction: procedure.correction)
  }

  static func codes(_ text: String) -> Outcome {
    let codes = text.capitals.split(separator: " ").map(String.init)
    let areCodes = codes.allSatisfy { code in
      code.count == 2 && code.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
    return areCodes ? Outcome(value: codes.joined(separator: " ")) : .malformed
  }

  /// `SPRINGFIELD IL 62704`, with a comma or a hyphen as it comes.
  static func cityLine(_ text: String) -> Outcome {
    let words = text.capitals.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
    guard words.count >= 3 else { return .malformed }
    let code = zip.outcome(of: words[words.count - 1])
    let state = state.outcome(of: words[words.count - 2])
    guard let code = code.value, let state = state.value else { return .malformed }
    return Outcome(value: (words.dropLast(2) + [state, code]).joined(separator: " "))
  }
}

extension StringProtocol {
  /// The text without blanks at its ends.
  var trimmingBlanks: String {
    var text = self[...]
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }

  /// The text two characters at a time, with blanks between.
  var inPairs: String {
    var pairs = ""
    for (index, character) in enumerated() {
      if index > 0, index.isMultiple(of: 2) { pairs.append(" ") }
      pairs.append(character)
    }
    return pairs
  }
}
