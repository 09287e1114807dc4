import DurableExecution
import StrictText

/// The callers that a service knows, by the digests of their tokens. The tokens themselves are kept nowhere.
///
/// The file has a line for each token: a name, its roles with commas between them, and the SHA-256 of the token in hex. A
/// line that begins with `#` is a comment.
package struct TokenRegister: Sendable {
  private let callers: [String: Caller]

  package init(_ callers: [(token: String, caller: Caller)]) {
    self.callers = Dictionary(
      callers.map { (ContentDigest.sha256($0.token.utf8), $0.caller) }, uniquingKeysWith: { first, _ in first })
  }

  /// - Throws: `TokenFileDefect` for the first line that is not as it should be.
  package init(parsing text: String) throws(TokenFileDefect) {
    var callers: [String: Caller] = [:]
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      let entry = try Self.entry(words.map(String.init), line: index + 1)
      guard callers.updateValue(entry.caller, forKey: entry.digest) == nil else {
        throw TokenFileDefect(line: index + 1, reason: "the token is there twice")
      }
    }
    self.callers = callers
  }

  private static func entry(
    _ words: [String], line: Int
  ) throws(TokenFileDefect) -> (digest: String, caller: Caller) {
    guard words.count == 3 else {
      throw TokenFileDefect(line: line, reason: "a line has a name, roles, and a digest")
    }
    guard Self.isName(words[0]) else {
      throw TokenFileDefect(line: line, reason: "a name has 1 to 64 letters, digits, and . _ - @")
    }
    var roles: Set<Role> = []
    for word in words[1].split(separator: ",") {
      guard let role = Role(rawValue: String(word)) else {
        let known = Role.allCases.map(\.rawValue).joined(separator: ", ")
        throw TokenFileDefect(line: line, reason: "there is no role of that name; they are \(known)")
      }
      roles.insert(role)
    }
    guard words[2].count == 64, words[2].allSatisfy({ $0.isHexDigit && !$0.isUppercase }) else {
      throw TokenFileDefect(line: line, reason: "the digest must be SHA-256 in 64 lowercase hex digits")
    }
    return (words[2], Caller(name: words[0], roles: roles))
  }

  /// Whether a text is allowed as a caller's name. Names appear in effect keys and in logs.
  package static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
          UInt8(ascii: "@"):
          true
        default: false
        }
      }
  }

  /// Returns the line of a token file for a token.
  package static func line(for caller: Caller, token: String) -> String {
    let roles = caller.roles.map(\.rawValue).sorted().joined(separator: ",")
    return "\(caller.name) \(roles) \(ContentDigest.sha256(token.utf8))"
  }

  /// Makes a token with 256 random bits.
  package static func newToken() -> String {
    var generator = SystemRandomNumberGenerator()
    let digits = (0..<4).map { _ in
      let text = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }
    return "paidonce_" + digits.joined()
  }

  package var isEmpty: Bool { callers.isEmpty }

  package static func digest(of token: String) -> String { ContentDigest.sha256(token.utf8) }

  /// - Parameter digest: the digest of the caller's token.
  package func caller(of digest: String) -> Caller? { callers[digest] }
}

/// Why a token file cannot be used. The text names the line and quotes nothing of it.
package struct TokenFileDefect: Error, Hashable, CustomStringConvertible {
  package let line: Int
  package let reason: String

  package var description: String { "line \(line): \(reason)" }
}
