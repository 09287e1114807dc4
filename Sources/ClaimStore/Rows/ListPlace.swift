import ClaimsDomain
import DurableExecution
import DurableSQL
import Foundation
import Signatures

/// A place in a list that is ordered by an instant and, within one, by a text. Neither ever changes, so a row keeps its
/// place, and a list continues after one that has left it.
package struct ListPlace: Hashable, Sendable {
  let at: Timestamp
  let id: String

  init(at: Timestamp, id: String) {
    (self.at, self.id) = (at, id)
  }

  /// The place of a proposal among the open ones.
  package init(at proposal: ProposedAct) { self.init(at: proposal.at, id: proposal.claim.text) }

  /// The place of a claim among those that were set aside.
  package init(at letter: DeadLetter) { self.init(at: letter.submittedAt, id: letter.key.text) }

  /// Reads the text of a cursor.
  package init(parsing text: String) throws(UnreadableCursor) {
    guard let parts = CursorText.key(of: text)?.split(separator: " ", maxSplits: 1), parts.count == 2,
      let at = Int64(parts[0])
    else { throw UnreadableCursor() }
    self.init(at: Timestamp(microseconds: at), id: String(parts[1]))
    // There is one text for each place.
    guard self.text == text else { throw UnreadableCursor() }
  }

  /// The cursor for use outside the program.
  package var text: String { CursorText.text(of: "\(at.microseconds) \(id)") }
}

extension ListPlace? {
  /// The place as a statement compares it; nil comes before every row.
  var arguments: [SQLValue] { [.integer(self?.at.microseconds ?? .min), .text(self?.id ?? "")] }
}

/// A part of a list, and where the next one begins.
package struct ListPage<Row: Sendable>: Sendable {
  package let rows: [Row]
  /// The last row if there are more after it; nil at the end of the list.
  package let last: Row?

  /// - Parameters:
  ///   - found: one row more than the page has, if there are so many.
  ///   - limit: the rows of the page.
  package init(_ found: [Row], limit: Int) {
    rows = Array(found.prefix(limit))
    last = found.count > limit ? rows.last : nil
  }
}

/// The sort key of a place in base64url (RFC 4648, section 5) without padding.
enum CursorText {
  /// More than the text of any cursor that this program has made.
  private static let lengthLimit = 1_000

  static func text(of key: String) -> String { Base64URL.text(of: Array(key.utf8)) }

  /// The sort key; nil if the text is not base64url, or holds a character that no ID has.
  static func key(of text: String) -> String? {
    guard text.utf8.count <= lengthLimit, let bytes = Base64URL.bytes(of: text),
      let key = String(bytes: bytes, encoding: .utf8), key.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
    else { return nil }
    return key
  }
}
