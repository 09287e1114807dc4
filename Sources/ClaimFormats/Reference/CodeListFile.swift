package import ClaimsDomain

/// A list of codes, one per row: the billable ICD-10-CM codes (as a bare list, or as CMS's `icd10cm_codes_yyyy.txt`
/// with a description after each), the place of service codes, or X12's reason and remark codes.
package struct CodeListFile {
  package enum Kind: Sendable {
    /// Three to seven characters, the first a letter. Dots are removed, as claims have none (837 TR3, HI01-2).
    case diagnosis
    /// Two digits.
    case placeOfService
    /// CARC: at most three letters and digits.
    case adjustmentReason
    /// RARC.
    case remark
  }

  private let source: any ClaimBytes
  private let name: String

  package init(_ source: any ClaimBytes, name: String) {
    self.source = source
    self.name = name
  }

  /// - Throws: `PlanFileError` for the first row that does not begin with a code of the given kind.
  package func codes(_ kind: Kind) throws(PlanFileError) -> CodeList {
    var reader = try DelimitedReader(source, file: name)
    var codes: Set<String> = []
    while let row = try reader.next() {
      guard !row.isBlank, !(codes.isEmpty && Self.isHeader(row)) else { continue }
      let first = row.text(0).split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
      let code = kind == .diagnosis ? first.replacing(".", with: "") : first
      guard Self.isCode(code, kind) else {
        throw row.error(
          "\"\(first.prefix(20))\" is not \(Self.name(of: kind))",
          advice: "give one code a row, at its beginning")
      }
      codes.insert(code)
    }
    guard !codes.isEmpty else {
      throw PlanFileError(file: name, reason: "there is no code in the file", advice: "download it again")
    }
    return CodeList(codes)
  }

  private static func name(of kind: Kind) -> String {
    switch kind {
    case .diagnosis: "an ICD-10-CM code"
    case .placeOfService: "a place of service code"
    case .adjustmentReason: "an adjustment reason code"
    case .remark: "a remark code"
    }
  }

  private static func isHeader(_ row: ReferenceRow) -> Bool { row.text(0).lowercased().contains("code") }

  private static func isCode(_ code: String, _ kind: Kind) -> Bool {
    guard ScalarForm<String>.code.parse(code) != nil else { return false }
    return switch kind {
    case .diagnosis: (3...7).contains(code.utf8.count) && code.first?.isLetter == true
    case .placeOfService: code.utf8.count == 2 && code.allSatisfy(\.isNumber)
    case .adjustmentReason: code.utf8.count <= 3
    case .remark: (2...5).contains(code.utf8.count) && code.first?.isLetter == true
    }
  }
}
