import ClaimsDomain

/// The date on which a published table takes effect, as stated in its file's name or title: `PPRRVU25_JAN`,
/// `ccipra-v322r0-f1`, `MCR_MUE_PractitionerServices_Eff_07-01-2026`, `AOC_V2026Q1-MCR`, `icd10cm_codes_2026`.
enum PublicationDate: Hashable {
  case day(CalendarDate)
  case year(Int)

  /// Returns nil if the text contains no year.
  init?(in text: String) {
    let words = Self.words(of: text)
    let numbers = words.map(Self.number)
    if let day = Self.day(in: words, numbers) ?? Self.version(in: words) {
      self = .day(day)
      return
    }
    guard let year = Self.year(in: words, numbers) else { return nil }
    if let month = Self.quarter(in: words, numbers) ?? Self.month(in: words),
      let day = CalendarDate(year: year, month: month, day: 1)
    {
      self = .day(day)
    } else {
      self = .year(year)
    }
  }

  /// The number of the part, if an edition has several files: CMS splits its pairs into `-f1` to `-f4`.
  static func part(in text: String) -> Int? {
    let words = words(of: text)
    return words.indices.dropLast().last { words[$0] == "f" }.flatMap { number(words[$0 + 1]) }
  }

  /// The runs of letters and runs of digits in the text.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var last: Character?
    for character in text.lowercased() {
      defer { last = character }
      guard character.isASCII, character.isLetter || character.isNumber else { continue }
      if let last, last.isASCII, last.isLetter == character.isLetter, last.isNumber == character.isNumber {
        words[words.endIndex - 1].append(character)
      } else {
        words.append(String(character))
      }
    }
    return words
  }

  private static func number(_ word: String) -> Int? { word.utf8.count <= 4 ? Int(word) : nil }

  private static func isYear(_ number: Int?) -> Bool { (2000...2099).contains(number ?? 0) }

  /// A date such as `07-01-2026`.
  private static func day(in words: [String], _ numbers: [Int?]) -> CalendarDate? {
    guard words.count >= 3 else { return nil }
    return (2..<words.count).lazy.compactMap { index -> CalendarDate? in
      guard let month = numbers[index - 2], let day = numbers[index - 1], let year = numbers[index], isYear(year)
      else { return nil }
      return CalendarDate(year: year, month: month, day: day)
    }.first
  }

  /// A version such as `v322`: NCCI counts its years from 1994, and its quarters from 0.
  private static func version(in words: [String]) -> CalendarDate? {
    guard let index = words.firstIndex(of: "v"), words.indices.contains(index + 1), words[index + 1].count == 3,
      let number = number(words[index + 1]), number % 10 <= 3
    else { return nil }
    return CalendarDate(year: 1994 + number / 10, month: number % 10 * 3 + 1, day: 1)
  }

  private static func year(in words: [String], _ numbers: [Int?]) -> Int? {
    if let year = numbers.first(where: isYear) { return year }
    // CMS names some files with a two-digit year.
    let index = words.firstIndex { ["pprrvu", "rvu", "locco", "gpci"].contains($0) }
    guard let index else { return nil }
    let beside = [index + 1, index - 1].filter { words.indices.contains($0) && words[$0].count == 2 }
    return beside.lazy.compactMap { numbers[$0] }.first.map { 2000 + $0 }
  }

  private static func quarter(in words: [String], _ numbers: [Int?]) -> Int? {
    guard let index = words.firstIndex(of: "q"), words.indices.contains(index + 1), let quarter = numbers[index + 1],
      (1...4).contains(quarter)
    else { return nil }
    return quarter * 3 - 2
  }

  private static func month(in words: [String]) -> Int? {
    let names = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
      "december",
    ]
    for word in words where word.count >= 3 {
      if let month = names.firstIndex(where: { $0 == word || $0.prefix(3) == word }) { return month + 1 }
    }
    return nil
  }
}
