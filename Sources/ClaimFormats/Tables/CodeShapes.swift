/// Which list codes are of, by how all of them look together.
struct CodeShapes {
  private(set) var count = 0
  /// Lists every code so far could be of.
  private var possible: Set<TableKind> = [.placesOfService, .reasonCodes, .remarkCodes, .diagnoses]
  private var hasLetters = false
  private var hasNumbers = false
  private var firstLetters: Set<Character> = []

  /// - Returns: false once it can be none of them.
  mutating func add(_ written: String) -> Bool {
    let code = written.replacing(".", with: "")
    count += 1
    let letters = code.prefix { $0.isASCII && $0.isUppercase }
    let digits = code.dropFirst(letters.count)
    let isPlain = digits.allSatisfy { $0.isASCII && $0.isNumber }
    hasLetters = hasLetters || !letters.isEmpty
    hasNumbers = hasNumbers || letters.isEmpty
    if let first = letters.first { firstLetters.insert(first) }
    func keep(_ kind: TableKind, if holds: Bool) { if !holds { possible.remove(kind) } }
    keep(.placesOfService, if: letters.isEmpty && isPlain && code.count == 2)
    keep(.remarkCodes, if: ["M", "MA", "N"].contains(letters) && isPlain && (1...3).contains(digits.count))
    // 1 to 3 digits, or a letter before them: A1, B7, P14. There is no 0.
    keep(.reasonCodes, if: letters.count <= 1 && isPlain && (1...3).contains(digits.count) && code != "0")
    keep(.diagnoses, if: letters.count >= 1 && (3...7).contains(code.count) && code.dropFirst().first?.isNumber == true)
    return !possible.isEmpty
  }

  /// Nil where more than one list is possible, or none.
  var kind: TableKind? {
    var left = possible
    // Reasons come with and without letters; other lists of X12 do not.
    if !(hasLetters && hasNumbers) { left.remove(.reasonCodes) }
    if left.contains(.remarkCodes) || firstLetters.count < 3 { left.remove(.diagnoses) }
    return count >= 3 && left.count == 1 ? left.first : nil
  }
}
