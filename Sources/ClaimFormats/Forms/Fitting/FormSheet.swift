/// One page of a form as it was read, before pages are put together.
struct FormSheet: Sendable {
  let number: Int
  let fit: PageFit

  var kind: FormKind { fit.layout.kind }

  /// Nil when the page is none of the forms.
  init?(_ page: FormPage) {
    guard let fit = PageFit(page) else { return nil }
    number = page.number
    self.fit = fit
  }

  /// The boxes that say something, in the order of the form.
  ///
  /// - Parameter before: The services on the form's earlier pages.
  func fields(servicesBefore before: Int) -> [FieldReading] {
    var marked: Set<String> = []
    return [notice].compactMap(\.self)
      + fit.layout.boxes.compactMap { box in
        if box.mark != nil { return marked.insert(box.name).inserted ? mark(box.name) : nil }
        return fit.typing.typings[box].flatMap { field(box, $0, service: before + (box.row ?? 0)) }
      }
  }

  /// What the page says outside of its boxes about itself. No part of a claim can say it, so a person decides.
  private var notice: FieldReading? {
    guard let first = fit.typing.notices.first else { return nil }
    let words = fit.typing.notices
    let text = words.map(\.text).joined(separator: " ").printable
    return FieldReading(
      field: "notice", page: number, box: words.dropFirst().reduce(first.box) { $0.joined(with: $1.box) }, text: text,
      value: text, confidence: words.compactMap(\.confidence).min(), doubts: [.malformed])
  }

  private func field(_ box: FormBox, _ typing: Typing, service: Int) -> FieldReading? {
    let text = typing.text
    guard !text.isEmpty else {
      // Nothing is left of the box but what its neighbor's words may have taken.
      return FieldReading(
        empty: box.field(service: service), page: number, box: fit.place(of: box), doubts: [.straddling])
    }
    let outcome = box.grammar.outcome(of: typing.codeText)
    var doubts = outcome.doubt.map { [$0] } ?? []
    if typing.straddles { doubts.append(.straddling) }
    let confidence = typing.confidence
    if typing.isSmall || (confidence ?? 100) < box.grammar.leastConfidence { doubts.append(.faint) }
    return FieldReading(
      field: box.field(service: service), page: number, box: typing.area, text: text.printable, value: outcome.value,
      confidence: confidence, correction: outcome.correction, doubts: doubts)
  }

  /// The choice that is marked among the boxes of one name.
  private func mark(_ name: String) -> FieldReading? {
    let typings = fit.layout.boxes.filter { $0.name == name }.compactMap { fit.typing.typings[$0] }
      .filter { !$0.pieces.isEmpty }
    let marks = typings.map { ($0, FormMark(of: $0)) }.filter { $0.1 != .none }
    let clear = marks.filter { $0.1 == .clear }.map(\.0)
    let shown = clear.isEmpty ? marks.map(\.0) : clear
    guard let first = shown.first else { return nil }
    // What an engine makes of the lines of an empty box is no second mark; something that it is sure of may be.
    let isSecond = marks.contains { typing, mark in
      mark == .unclear && FormMark.hasSign(typing.text) && (typing.confidence ?? 100) >= 60
    }
    var doubts: [FieldDoubt] = clear.count == 1 && !isSecond ? [] : [.malformed]
    if shown.contains(where: \.straddles) { doubts.append(.straddling) }
    return FieldReading(
      field: name, page: number, box: shown.dropFirst().reduce(first.area) { $0.joined(with: $1.area) },
      text: shown.map(\.text).joined(separator: " ").printable, value: clear.count == 1 ? first.box.mark : nil,
      confidence: first.confidence, doubts: doubts)
  }

  /// The words of a box as they stand.
  private func text(_ name: String) -> String? {
    fit.layout.boxes.first { $0.name == name }.flatMap { fit.typing.typings[$0]?.text }
  }

  // MARK: Pages of one form

  /// Whether the page says that its form goes on with the next one.
  var goesOn: Bool {
    switch kind {
    case .cms1500: fit.typing.saysContinued
    case .ub04: pageNumber.map { number in (pageCount ?? number) > number } ?? false
    }
  }

  /// Whether the page goes on with the form of the page before it: the same account of the same person.
  func goesOn(from before: FormSheet) -> Bool {
    guard before.goesOn, kind == before.kind else { return false }
    if let number = pageNumber, let previous = before.pageNumber, number != previous + 1 { return false }
    let (account, person) = kind == .cms1500 ? ("26", "1a") : ("FL3a", "FL60A")
    guard let own = text(account), let other = before.text(account) else { return false }
    // An account that was read a little differently is the same when the member is.
    return own == other
      || (FormCaption.resemble(FormCaption.plain(own), FormCaption.plain(other)) && text(person) == before.text(person))
  }

  private var pageNumber: Int? { text("FL43.page").flatMap { Int($0) } }
  private var pageCount: Int? { text("FL43.of").flatMap { Int($0) } }
}

/// A mark in a box to be marked.
enum FormMark: Hashable {
  case none
  case clear
  /// Something that may be a mark.
  case unclear

  init(of typing: Typing) {
    let signs = Set(typing.text)
    // The box's own lines, and what an engine takes them for.
    let lines = Set("[](){}|_-—.,:;'`‘’\"°~IlOoUuLCDJ1□☐")
    // Typing is in capitals: a small x among lines is a corner of the box.
    let isOutline = typing.confidence != nil && !signs.isDisjoint(with: lines) && !signs.contains("X")
    if !isOutline, Self.hasSign(typing.text) {
      self = .clear
    } else {
      self = signs.isSubset(of: lines) ? .none : .unclear
    }
  }

  /// Whether a text has the sign of a mark.
  static func hasSign(_ text: String) -> Bool { !Set(text).isDisjoint(with: "Xx×✓✔✗☒☑■") }
}

extension Typing {
  /// Where the words are on the page.
  var area: PageBox {
    pieces.dropFirst().reduce(pieces.first?.area ?? PageBox(left: 0, top: 0, right: 0, bottom: 0)) {
      $0.joined(with: $1.area)
    }
  }
}

extension Typing.Piece {
  fileprivate var area: PageBox { word.box }
}

extension PageBox {
  func joined(with other: PageBox) -> PageBox {
    PageBox(
      left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
      bottom: max(bottom, other.bottom))
  }
}

extension String {
  /// The text without control characters, and no longer than a box can be.
  var printable: String {
    String(unicodeScalars.filter { $0.properties.generalCategory != .control }.prefix(200).map(Character.init))
  }
}
