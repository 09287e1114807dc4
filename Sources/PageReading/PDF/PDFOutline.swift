/// What `pdfinfo` says of a PDF: whether it is encrypted, how many pages it has, and how large the first ones are.
struct PDFOutline: Hashable {
  struct PageSize: Hashable {
    /// In points, as the page is shown.
    let width: Double
    let height: Double
  }

  let pageCount: Int
  let isEncrypted: Bool
  /// By page number, from one.
  let sizes: [Int: PageSize]

  /// - Returns: nil when the text is not what `pdfinfo` prints.
  init?(_ bytes: [UInt8]) {
    var pages: Int?
    var encrypted: Bool?
    var sizes: [Int: PageSize] = [:]
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let words = String(decoding: line, as: UTF8.self).split(separator: " ")
      guard words.count >= 2 else { continue }
      switch words[0] {
      // A title may hold a line break and imitate these lines, but it comes before them: the last one counts.
      case "Pages:": pages = Int(words[1])
      case "Encrypted:": encrypted = words[1] != "no"
      case "Page" where words.count >= 6 && words[2] == "size:" && words[4] == "x":
        guard let number = Int(words[1]), let width = Self.points(words[3]), let height = Self.points(words[5])
        else { return nil }
        sizes[number] = PageSize(width: width, height: height)
      default: break
      }
    }
    guard let pages, pages >= 0, let encrypted else { return nil }
    pageCount = pages
    isEncrypted = encrypted
    self.sizes = sizes
  }

  private static func points(_ text: Substring) -> Double? {
    Double(text).flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
  }
}
