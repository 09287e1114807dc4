import ClaimsDomain

/// Where the resources of a file are that others refer to, by `Patient/1` and by the full URL of their entry. It is made
/// before any resource is acted on, since a resource may refer to one that comes after it.
struct FHIRIndex {
  private enum Place {
    case at(Range<Int>)
    /// The name is there twice, so it names nothing.
    case twice
  }

  private var places: [String: Place] = [:]
  /// Whether the file has more resources than are remembered.
  private(set) var isFull = false
  /// The type of the first resource; nil for an empty file.
  private(set) var firstType: String?
  private(set) var count = 0
  private(set) var hasHistory = false

  /// - Throws: `InputError` when the source cannot be read.
  init(of source: any ClaimBytes) throws(InputError) {
    var scanner = FHIRScanner(source)
    while let found = try scanner.next() {
      let type = FHIRResourceType.printable(found.type)
      if firstType == nil { firstType = type }
      count += 1
      // Claims are not referred to: they are most of a large file.
      if type != "Claim", let range = found.range { note(found, type, range) }
    }
    hasHistory = scanner.hasHistory
  }

  private mutating func note(_ found: FHIRScanner.Found, _ type: String, _ range: Range<Int>) {
    let names = [found.fullURL, found.id.map { "\(type)/\($0)" }].compactMap(\.self)
    for name in Set(names) {
      guard places.count < FHIRLimits.resources else {
        isFull = true
        return
      }
      places[name] = places[name] == nil ? .at(range) : .twice
    }
  }

  enum Answer {
    case at(Range<Int>)
    case none
    case twice
    /// None, though the file has more resources than are remembered.
    case unknown
  }

  /// - Parameter base: The full URL of the resource that refers, against which a relative reference is read.
  func place(of reference: String, from base: String?) -> Answer {
    let plain = reference.split(separator: "/_history/", maxSplits: 1).first.map(String.init) ?? reference
    let isRelative = !plain.contains(":")
    let names = isRelative ? [Self.absolute(plain, base), plain].compactMap(\.self) : [plain]
    for name in names {
      switch places[name] {
      case .at(let range): return .at(range)
      case .twice: return .twice
      case nil: continue
      }
    }
    return isFull ? .unknown : .none
  }

  /// `Patient/1` beside `http://example.org/fhir/Claim/7` is `http://example.org/fhir/Patient/1`.
  private static func absolute(_ relative: String, _ base: String?) -> String? {
    guard let parts = base?.split(separator: "/", omittingEmptySubsequences: false), parts.count > 4 else { return nil }
    return (parts.dropLast(2) + [relative[...]]).joined(separator: "/")
  }
}

/// Limits on the memory that a FHIR file may take. Real files stay far below each of them.
enum FHIRLimits {
  /// Names of resources remembered per file, by which others refer to them.
  static let resources = 200_000
  /// Bytes in a resource that a claim refers to.
  static let resourceLength = 1 << 18
  /// Resources that one claim refers to, and those that these refer to.
  static let references = 64
  /// How many resources may refer to one another in a row.
  static let referenceDepth = 3
}
