/// Why something cannot be said in X12. Quotes no value, since it may be about a member.
package enum X12WriteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A required element has nothing that can be written.
  case missing(segment: String, element: Int)
  /// A number or code that would have to be cut, and would then be another.
  case tooLong(segment: String, element: Int, limit: Int)

  package var description: String {
    switch self {
    case .missing(let segment, let element): "\(Self.name(segment, element)) is required and has no text"
    case .tooLong(let segment, let element, let limit):
      "\(Self.name(segment, element)) is longer than \(limit) characters"
    }
  }

  private static func name(_ segment: String, _ element: Int) -> String {
    "\(segment)\(element < 10 ? "0" : "")\(element)"
  }
}
