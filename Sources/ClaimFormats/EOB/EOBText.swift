import Foundation
import Mustache

/// Renders the letter as plain text of 80 columns, for a terminal or a text-only printer.
package struct EOBText: Sendable {
  private let width = 80
  private let barWidth = 36

  package init() {}

  package func text(_ letter: EOBLetter) -> String {
    var page = TextPage(width: width)
    head(letter, on: &page)
    shares(letter, on: &page)
    refusal(letter, on: &page)
    services(letter, on: &page)
    year(letter, on: &page)
    workings(letter, on: &page)
    rights(letter, on: &page)
    glossary(letter, on: &page)
    page.rule("-")
    page.line(letter.number, letter.issued)
    return page.text
  }

  private func head(_ letter: EOBLetter, on page: inout TextPage) {
    page.rule("=")
    page.line(letter.payer, "EXPLANATION OF BENEFITS")
    page.line("", "THIS IS NOT A BILL.")
    page.rule("=")
    for line in letter.letterhead { page.paragraph(line, lead: "  ") }
    page.space()
    for line in letter.addressee { page.paragraph(line, lead: "  ") }
    page.space()
    for fact in letter.notice + letter.care { page.field(fact.label, fact.value) }
    page.heading(letter.headline)
    page.paragraph(letter.lead)
  }

  private func shares(_ letter: EOBLetter, on page: inout TextPage) {
    page.heading("Where the \(letter.billed) billed goes")
    let longest = letter.shares.map(\.weight).max() ?? 0
    for share in letter.shares {
      page.amount(share.label, share.amount, bar: page.bar(share.weight, of: longest, width: barWidth))
    }
  }

  private func refusal(_ letter: EOBLetter, on page: inout TextPage) {
    guard let refusal = letter.refusal else { return }
    page.heading(refusal.title)
    for (position, reason) in refusal.reasons.enumerated() {
      if position > 0 { page.space() }
      page.paragraph("\(reason.title) [\(reason.codes)]")
      if let services = reason.services { page.paragraph(services, lead: "  ") }
      page.paragraph(reason.text, lead: "  ")
      if let advice = reason.advice { page.paragraph("What you can do: \(advice)", lead: "  ") }
    }
  }

  private func services(_ letter: EOBLetter, on page: inout TextPage) {
    page.heading("Service by service")
    for (position, row) in letter.services.rows.enumerated() {
      if position > 0 { page.space() }
      let marks = [row.noteWord].compactMap(\.self) + row.notes.map { "\($0.number)" }
      page.line("\(row.number)  \(row.date)  \(row.code)", marks.joined(separator: " "))
      if let words = row.words { page.paragraph(words, lead: "   ") }
      cells(row.cells, on: &page)
    }
    if letter.services.hasTotal {
      page.space()
      page.line("Total", "")
      cells(letter.services.total, on: &page)
    }
    guard !letter.notes.isEmpty else { return }
    page.heading("Notes")
    for note in letter.notes {
      page.paragraph("\(note.title) [\(note.codes)]. \(note.text)", lead: "\(note.number)".leftAligned(4))
    }
  }

  /// Prints the cells in two columns, read down: how the price is derived on the left, who pays it on the right.
  private func cells(_ cells: [ServiceTable.Cell], on page: inout TextPage) {
    let price = cells.prefix(ServiceTable.priceColumns)
    let payers = cells.dropFirst(ServiceTable.priceColumns)
    for row in 0..<max(price.count, payers.count) {
      page.pair(price.dropFirst(row).first, payers.dropFirst(row).first)
    }
  }

  private func year(_ letter: EOBLetter, on page: inout TextPage) {
    guard let year = letter.year else { return }
    page.heading(year.title)
    for meter in year.meters {
      page.line(meter.label, "\(meter.used) of \(meter.limit) used, \(meter.left) left")
    }
  }

  private func workings(_ letter: EOBLetter, on page: inout TextPage) {
    page.heading("How we worked it out")
    for (position, working) in letter.workings.enumerated() {
      if position > 0 { page.space() }
      page.line(working.title, "")
      page.line("  Billed", working.billed)
      for step in working.steps {
        page.line("  \(step.title) [\(step.codes)]", "- \(step.amount)")
        page.paragraph(step.basis, lead: "    ", right: 18)
      }
      page.line("  Plan paid", working.planPaid)
      page.line("  Your share", working.yourShare)
    }
  }

  private func rights(_ letter: EOBLetter, on page: inout TextPage) {
    page.heading(letter.rights.title)
    for paragraph in letter.rights.paragraphs {
      page.paragraph(paragraph)
      page.space()
    }
    page.paragraph(letter.rights.contact)
  }

  private func glossary(_ letter: EOBLetter, on page: inout TextPage) {
    page.heading(letter.glossary.title)
    for term in letter.glossary.terms { page.paragraph("\(term.word): \(term.meaning)", lead: "  ") }
    page.space()
  }
}

/// Renders the letter as one self-contained HTML file, with inline styles, no scripts and no external resources, so it
/// can be mailed, kept and printed. It is also well-formed XML, so that tests can verify that no tag is misplaced.
package struct EOBPage: Sendable {
  private let template: MustacheTemplate
  private let library: MustacheLibrary

  /// - Throws: The parser's error if the built-in template is malformed; no claim can cause it.
  package init() throws {
    XHTMLText.register()
    template = try MustacheTemplate(string: String(decoding: PackageResources.eob_mustache, as: UTF8.self))
    let style = try MustacheTemplate(string: String(decoding: PackageResources.eob_css, as: UTF8.self))
    library = MustacheLibrary(templates: ["style": style])
  }

  package func html(_ letter: EOBLetter) -> String {
    template.render(letter, library: library)
  }
}
