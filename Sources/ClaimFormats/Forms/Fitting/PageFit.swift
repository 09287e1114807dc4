/// A form on a page: which one it is, how the sheet lies, and where its typing is.
struct PageFit: Sendable {
  let layout: FormLayout
  let turn: QuarterTurn
  let transform: PageTransform
  let typing: PageTyping
  private let page: FormPage

  /// The most words that a page of a form has; the forms have fewer than a thousand.
  static let wordLimit = 5_000
  /// The least share of a page's typing that lies in boxes when no caption tells where they are.
  private static let leastShare = 0.8
  /// The least share when the form's name is in its place. It is lower, since unreadable captions are mistaken for typing.
  private static let leastShareUnderTitle = 0.6

  /// Nil when the page is none of the forms.
  init?(_ page: FormPage) {
    let turned = Self.turns(of: page).map { ($0, page.turned($0)) }
    let captioned = turned.flatMap { turn, page in
      [FormLayout.cms1500, .ub04].compactMap { layout in
        CaptionFit(page.words, layout).map { (fit: $0, turn: turn, layout: layout, page: page) }
      }
    }
    if let best = captioned.max(by: { $0.fit.count < $1.fit.count }) {
      self.init(page, best.layout, best.turn, best.fit.transform, best.page)
      return
    }
    let bare = turned.flatMap { turn, page in
      [FormLayout.cms1500, .ub04].map { layout in
        let transform = PageTransform.onto(sheet: page)
        let fit = TypingFit(TypedWord.all(page.words, transform, layout.grid), layout)
        return (fit: fit, turn: turn, layout: layout, page: page, transform: transform)
      }
    }
    let titled = bare.filter {
      $0.fit.share > Self.leastShareUnderTitle && $0.layout.isTitled($0.page.words, $0.transform)
    }
    if titled.count == 1, let only = titled.first {
      self.init(page, only.layout, only.turn, only.transform, only.page)
      return
    }
    guard let best = bare.max(by: { $0.fit.share < $1.fit.share }), best.fit.share > Self.leastShare,
      !bare.contains(where: { $0.fit.share < best.fit.share && $0.fit.share > best.fit.share * 0.92 })
    else { return nil }
    self.init(page, best.layout, best.turn, best.transform, best.page)
  }

  private init(
    _ page: FormPage, _ layout: FormLayout, _ turn: QuarterTurn, _ transform: PageTransform, _ turned: FormPage
  ) {
    let words = TypedWord.all(turned.words, transform, layout.grid)
    let fit = TypingFit(words, layout)
    typing = PageTyping(words, layout, fit)
    self.transform = transform.shifted(
      x: fit.columns * PrintGrid.columnWidth, y: fit.lines * PrintGrid.lineHeight)
    self.layout = layout
    self.turn = turn
    self.page = page
  }

  /// Where a box of the form is on the page as it was found.
  func place(of box: FormBox) -> PageBox {
    let area = layout.grid.box(line: box.line, columns: box.columns)
    guard let inverse = transform.inverse else { return area }
    let first = inverse(PagePoint(x: area.left, y: area.top))
    let last = inverse(PagePoint(x: area.right, y: area.bottom))
    let size = turn.size(page.width, page.height)
    return turn.back.turned(
      PageBox(
        left: min(first.x, last.x), top: min(first.y, last.y), right: max(first.x, last.x), bottom: max(first.y, last.y)
      ),
      onPageOf: size.width, size.height)
  }

  /// Words of upright text are wider than they are high.
  private static func turns(of page: FormPage) -> [QuarterTurn] {
    let long = page.words.filter { $0.text.count > 3 }
    let upright = long.count { $0.box.right - $0.box.left > $0.box.bottom - $0.box.top }
    return upright * 2 >= long.count ? [.none, .twice] : [.once, .thrice]
  }
}

extension FormLayout {
  /// Whether the form's name is on a page, in its place. It is larger than the captions, so that even a fax shows it.
  fileprivate func isTitled(_ words: [PlacedWord], _ transform: PageTransform) -> Bool {
    guard let title else { return false }
    let (left, middle) = (grid.x(ofColumn: title.column), grid.y(ofLine: title.line) + 4)
    let found = words.compactMap { word -> (x: Double, text: String)? in
      let point = transform(PagePoint(x: word.box.left, y: (word.box.top + word.box.bottom) / 2))
      let isThere = abs(point.y - middle) < 8 && point.x > left - 20 && point.x < left + 200
      return isThere ? (point.x, FormCaption.plain(word.text)) : nil
    }
    let single = title.words.count { word in found.contains { FormCaption.resemble(word, $0.text) } }
    let joined = found.sorted { $0.x < $1.x }.map(\.text).joined()
    return single >= title.words.count - 1 || FormCaption.resemble(title.words.joined(), joined)
  }
}

extension FormPage {
  func turned(_ turn: QuarterTurn) -> FormPage {
    let size = turn.size(width, height)
    return FormPage(
      number: number, width: size.width, height: size.height,
      words: words.map {
        PlacedWord($0.text, in: turn.turned($0.box, onPageOf: width, height), confidence: $0.confidence)
      })
  }
}

extension PageTransform {
  /// A page without captions is taken for the sheet of the form when it has about its size; otherwise its upper left
  /// corner is that of the sheet.
  fileprivate static func onto(sheet page: FormPage) -> PageTransform {
    let (across, down) = (PrintGrid.sheetWidth / page.width, PrintGrid.sheetHeight / page.height)
    guard (0.97...1.03).contains(across), (0.97...1.03).contains(down) else { return .identity }
    return PageTransform(a: across, b: 0, c: 0, d: 0, e: down, f: 0)
  }
}
