import ClaimFormats

/// The words of a PDF, page by page, from what `pdftotext -bbox` prints: XHTML with one element a line, of which exactly
/// these lines are understood.
///
///     <page width="612.000000" height="792.000000">
///       <word xMin="72.000000" yMin="85.710000" xMax="90.000000" yMax="93.570000">DOE</word>
///     </page>
struct TextLayer: Hashable {
  /// The pages, from the first in order.
  private(set) var pages: [[PlacedWord]] = []

  /// - Returns: nil when the text is anything else, or a page has more words than `limit`.
  init?(_ bytes: [UInt8], wordLimit limit: Int) {
    var place = Place.head
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let line = line.drop { $0 == UInt8(ascii: " ") }
      switch place {
      case .head: if line.elementsEqual("<doc>".utf8) { place = .document }
      case .document:
        if line.elementsEqual("</doc>".utf8) {
          place = .end
        } else if line.starts(with: "<page width=".utf8), line.last == UInt8(ascii: ">") {
          pages.append([])
          place = .page
        } else {
          return nil
        }
      case .page:
        if line.elementsEqual("</page>".utf8) {
          place = .document
        } else if let word = TextLayerWord(line), pages[pages.count - 1].count < limit {
          pages[pages.count - 1].append(PlacedWord(word.text, in: word.box))
        } else {
          return nil
        }
      case .end: continue
      }
    }
    guard place == .end else { return nil }
  }

  private enum Place {
    case head
    case document
    case page
    case end
  }
}

extension TextLayer {
  /// The words of a page that are on the page, if they are text.
  ///
  /// A font without a table of its characters gives private or unknown characters, and a damaged one gives controls. Then
  /// what the PDF says is not what it shows, and the page is read as a picture.
  ///
  /// - Returns: nil when the page has no words, or any of them is not text.
  func words(onPage number: Int, of size: PDFOutline.PageSize) -> [PlacedWord]? {
    guard pages.indices.contains(number - 1) else { return nil }
    let seen = pages[number - 1].filter {
      $0.box.right > 0 && $0.box.bottom > 0 && $0.box.left < size.width && $0.box.top < size.height
    }
    return seen.isEmpty || seen.contains(where: { !$0.text.isShownText }) ? nil : seen
  }
}
