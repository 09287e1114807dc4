/// How much of each page of a PDF is covered by pictures, as `pdfimages -list` says.
///
/// A page that is mostly picture is a scan. If it has text as well, somebody else recognized that and put it behind the
/// picture, without saying how sure the engine was, and a person who looks at the page does not see it. So the picture is
/// read, and the text is not.
struct PagePictures: Hashable {
  /// In square points, by page number. Pictures that overlap count twice.
  let covered: [Int: Double]

  /// - Returns: nil when the text is not what `pdfimages` prints.
  init?(_ bytes: [UInt8]) {
    var covered: [Int: Double] = [:]
    // Two lines of headings.
    for line in bytes.split(separator: UInt8(ascii: "\n")).dropFirst(2) {
      // page, number, type, width, height, …, pixels per inch across, and down, size, ratio
      let words = String(decoding: line, as: UTF8.self).split(separator: " ")
      guard words.count >= 13, let page = Int(words[0]), let width = Double(words[3]), let height = Double(words[4]),
        let across = Double(words[words.count - 4]), let down = Double(words[words.count - 3])
      else { return nil }
      guard words[2] != "smask", across > 0, down > 0 else { continue }
      covered[page, default: 0] += width / across * 72 * height / down * 72
    }
    self.covered = covered
  }

  /// Whether pictures cover at least half of a page.
  func isScan(page: Int, of size: PDFOutline.PageSize) -> Bool {
    covered[page, default: 0] >= size.width * size.height / 2
  }
}
