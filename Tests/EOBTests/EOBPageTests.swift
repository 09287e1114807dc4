import ClaimFormats
import ClaimsDomain
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The HTML page")
struct EOBPageTests {
  private let page: EOBPage

  init() throws {
    page = try EOBPage()
  }

  private func html(_ eob: ExplanationOfBenefits) throws -> String { page.html(try EOBLetter(eob)) }

  @Test("is well-formed", arguments: EOBSamples.all.map(\.name))
  func wellFormed(_ name: String) throws {
    let markup = Markup(try html(try EOBSamples.named(name)))
    #expect(markup.isWellFormed)
  }

  @Test("stays well-formed whatever the claim contains")
  func hostile() throws {
    let html = try html(try HostileClaim.make())
    let markup = Markup(html)
    #expect(markup.isWellFormed)
    #expect(markup.text.contains(HostileClaim.name))
    #expect(markup.attributeNames.isSubset(of: Markup.expectedAttributes))
    #expect(!html.contains("<script"))
    #expect(!html.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{0}" || $0 == "\u{202E}" })
  }

  @Test("runs no scripts and loads nothing", arguments: EOBSamples.all.map(\.name))
  func selfContained(_ name: String) throws {
    let markup = Markup(try html(try EOBSamples.named(name)))
    #expect(markup.elementNames.isDisjoint(with: ["script", "link", "img", "iframe", "object", "embed", "form"]))
    #expect(markup.attributeNames.isDisjoint(with: ["src", "srcset", "onload", "onclick"]))
    #expect(markup.links.allSatisfy { $0.hasPrefix("#note-") })
    #expect(!markup.text.contains("url("))
    #expect(!markup.text.contains("@import"))
  }

  @Test("is accessible: a language, headings, tables with headers", arguments: EOBSamples.all.map(\.name))
  func accessible(_ name: String) throws {
    let markup = Markup(try html(try EOBSamples.named(name)))
    #expect(markup.language == "en")
    #expect(markup.count("h1") == 1)
    #expect(markup.count("table") == markup.count("thead"))
    #expect(markup.scopes == ["col", "row"])
    #expect(markup.headings.first == 1 && zip(markup.headings, markup.headings.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    #expect(markup.unnamedTables == 0)
    #expect(markup.links.allSatisfy { markup.ids.contains(String($0.dropFirst())) })
  }

  @Test("contains the same words as the plain text", arguments: EOBSamples.all.map(\.name))
  func sameContent(_ name: String) throws {
    let letter = try EOBLetter(try EOBSamples.named(name))
    let shown = Markup(page.html(letter)).words
    let ignored = CharacterSet(charactersIn: "-=#[]()")
    #expect(!shown.isEmpty)
    for word in EOBText().text(letter).components(separatedBy: .whitespacesAndNewlines) {
      let bare = word.trimmingCharacters(in: ignored.union(.punctuationCharacters)).lowercased()
      #expect(bare.isEmpty || Self.onlyInText.contains(bare) || shown.contains(bare), "\(bare)")
    }
  }

  @Test("is dark where the reader's screen is, and light on paper")
  func dark() throws {
    let html = try html(try EOBSamples.paid())
    #expect(html.contains("@media screen and (prefers-color-scheme: dark)"))
    #expect(html.contains("name=\"color-scheme\" content=\"light dark\""))
  }

  @Test("names no rule, schedule, benefit or table of ours", arguments: EOBSamples.all.map(\.name))
  func nothingInternal(_ name: String) throws {
    let letter = try EOBLetter(try EOBSamples.named(name))
    let ids = RuleID.allCases.map(\.rawValue).filter { $0.contains(".") || $0.contains("-") }
    for text in [page.html(letter), EOBText().text(letter)] {
      for word in ids + ["schedule standard", "office-visit", "hearing-aids"] {
        #expect(!text.contains(word), "\(word)")
      }
    }
  }

  /// Words that the page expresses by its layout.
  private static let onlyInText: Set<String> = ["line", "lines", "notes", "where", "1", "2", "3"]

  @Test("shows only the end of the member's number", arguments: EOBSamples.all.map(\.name))
  func masked(_ name: String) throws {
    let letter = try EOBLetter(try EOBSamples.named(name))
    for text in [page.html(letter), EOBText().text(letter)] {
      #expect(text.contains("****6789"))
      #expect(!text.contains("MLK300456789"))
      #expect(!text.contains("56789"))
    }
  }

  @Test("shows the number of the member's group if there is one")
  func group() throws {
    var eob = try EOBSamples.paid()
    #expect(try !html(eob).contains("Group number"))
    eob.groupNumber = "GRP <7>"
    #expect(try html(eob).contains("<dt>Group number</dt><dd>GRP &lt;7&gt;</dd>"))
    #expect(EOBText().text(try EOBLetter(eob)).contains("Group number        GRP <7>\n"))
  }

  @Test("shows nothing of a member's number of four characters or fewer", arguments: ["7", "6789"])
  func shortNumber(_ number: String) throws {
    var eob = try EOBSamples.paid()
    eob.claim.subscriber.memberID = MemberID(number)
    #expect(EOBText().text(try EOBLetter(eob)).contains("Member number       ****\n"))
    #expect(try html(eob).contains("<dd>****</dd>"))
  }
}
