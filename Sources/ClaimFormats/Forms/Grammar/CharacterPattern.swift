internal import StrictText

/// A code's form by characters: `9` is a digit, `A` a letter, `X` either, and anything else itself. `H`, `N` and `Y` are the
/// third, the fourth and the later characters of a diagnosis: a digit, A or B; all but O; all but I, L and O. No code of
/// ICD-10-CM has those letters there.
///
/// An engine that reads an image takes some characters for others that look alike. One is put right only when it cannot
/// stand in its place, and only when one reading is left; a character that may stand there is never changed.
enum CharacterPattern {
  /// Returns the code that a text reads as, if exactly one is accepted.
  ///
  /// - Parameter accepts: Returns the code as the claim has it, or nil for a code that does not exist.
  static func outcome(
    of text: String, _ patterns: [String], _ accepts: (String) -> String?
  ) -> FieldGrammar.Outcome {
    let characters = Array(text)
    for pattern in patterns where fits(characters, pattern) {
      if let value = accepts(text) { return FieldGrammar.Outcome(value: value) }
    }
    // A text that already has the form, and is no code, has been misread in a way that its form does not show.
    guard !patterns.contains(where: { fits(characters, $0) }) else { return .malformed }
    let found = Set(patterns.flatMap { readings(of: characters, $0) })
    let accepted = found.compactMap { reading in accepts(reading).map { (reading, $0) } }
    guard accepted.count == 1, let (reading, value) = accepted.first else { return .malformed }
    return FieldGrammar.Outcome(value: value, correction: correction(from: characters, to: Array(reading)))
  }

  /// The text with every character that is no digit put right, where one reading is left; nil otherwise.
  static func digits(_ text: String, accepts: (String) -> Bool = { _ in true }) -> (value: String, correction: String?)?
  {
    let found = outcome(of: text, [String(repeating: "9", count: text.count)]) { accepts($0) ? $0 : nil }
    return found.value.map { ($0, found.correction) }
  }

  private static func fits(_ characters: [Character], _ pattern: String) -> Bool {
    characters.count == pattern.count && zip(characters, pattern).allSatisfy { allows($1, $0) }
  }

  private static func allows(_ sign: Character, _ character: Character) -> Bool {
    guard character.isASCII else { return false }
    switch sign {
    case "9": return character.isNumber
    case "A": return character.isLetter && character.isUppercase
    case "X": return character.isNumber || (character.isLetter && character.isUppercase)
    case "H": return character.isNumber || character == "A" || character == "B"
    case "N": return allows("X", character) && character != "O"
    case "Y": return allows("X", character) && !"ILO".contains(character)
    default: return sign == character
    }
  }

  private static func readings(of characters: [Character], _ pattern: String) -> [String] {
    guard characters.count == pattern.count else { return [] }
    var readings = [""]
    for (character, sign) in zip(characters, pattern) {
      let choices = allows(sign, character) ? [character] : LookAlikes.of(character).filter { allows(sign, $0) }
      readings = readings.flatMap { reading in choices.map { reading + String($0) } }
      guard !readings.isEmpty, readings.count <= 64 else { return [] }
    }
    return readings
  }

  static func correction(from characters: [Character], to reading: [Character]) -> String? {
    var swaps: [String] = []
    for (was, now) in zip(characters, reading) where was != now {
      let swap = "\(String(was)) read as \(String(now))"
      if !swaps.contains(swap) { swaps.append(swap) }
    }
    return swaps.isEmpty ? nil : swaps.joined(separator: ", ")
  }
}

/// Characters that engines take for each other.
enum LookAlikes {
  static func of(_ character: Character) -> [Character] { table[character] ?? [] }

  private static let table: [Character: [Character]] = [
    "O": ["0"], "Q": ["0"], "D": ["0"], "0": ["O", "D", "Q"],
    "I": ["1"], "L": ["1"], "|": ["1", "I"], "!": ["1", "I"], "]": ["1", "I"], "[": ["1", "I"], "1": ["I", "L"],
    "Z": ["2"], "2": ["Z"], "S": ["5"], "$": ["5", "S"], "5": ["S"], "G": ["6"], "6": ["G"], "B": ["8"],
    "8": ["B"], "A": ["4"], "4": ["A"], "T": ["7"], "?": ["7"], "7": ["T"],
  ]
}
