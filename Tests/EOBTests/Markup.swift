import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The elements, attributes and text of a page, as an XML parser reads them.
final class Markup: NSObject, XMLParserDelegate {
  private(set) var isWellFormed = false
  private(set) var text = ""
  private(set) var elementNames: Set<String> = []
  private(set) var attributeNames: Set<String> = []
  private(set) var links: [String] = []
  private(set) var ids: Set<String> = []
  private(set) var scopes: Set<String> = []
  private(set) var language: String?
  /// The levels of the headings, in the order of the page.
  private(set) var headings: [Int] = []
  /// The number of tables with neither a caption nor the heading that names them.
  private(set) var unnamedTables = 0
  private var counts: [String: Int] = [:]

  static let expectedAttributes: Set<String> = [
    "aria-hidden", "aria-labelledby", "charset", "class", "colspan", "content", "data-label", "href", "http-equiv",
    "id", "lang", "name", "role", "scope", "style", "xmlns",
  ]

  init(_ html: String) {
    super.init()
    let parser = XMLParser(data: Data(html.utf8))
    parser.delegate = self
    isWellFormed = parser.parse()
  }

  func count(_ element: String) -> Int { counts[element] ?? 0 }

  var words: Set<String> {
    Set(
      text.components(separatedBy: .whitespacesAndNewlines)
        .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "()-").union(.punctuationCharacters)).lowercased() }
    )
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elementNames.insert(name)
    counts[name, default: 0] += 1
    attributeNames.formUnion(attributes.keys)
    if let link = attributes["href"] { links.append(link) }
    if let id = attributes["id"] { ids.insert(id) }
    if let scope = attributes["scope"] { scopes.insert(scope) }
    if name.wholeMatch(of: /h[1-6]/) != nil, let level = name.last?.wholeNumberValue { headings.append(level) }
    if name == "table", attributes["aria-labelledby"] == nil { unnamedTables += 1 }
    if name == "caption" { unnamedTables -= 1 }
    if name == "html" { language = attributes["lang"] }
    // Elements separate words, as white space does.
    text += " "
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    text += " "
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
