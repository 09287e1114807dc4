import Crypto
import Foundation

/// A signed-in person. The browser keeps the session as a cookie; the service keeps nothing, so any process on the same
/// store serves it.
struct Session: Hashable, Sendable {
  /// Random, so that the form tokens of two sessions of one person differ.
  let id: String
  /// The digest of the token that the person has signed in with. A token that is taken out ends its sessions.
  let tokenDigest: String
  /// Seconds since 1970.
  let ends: Int
}

/// Issues sessions and recognizes them again, by a secret that all processes on a store share.
struct SessionKeeper: Sendable {
  /// A working day.
  static let lifetime = 8 * 3600

  private let key: SymmetricKey

  init(secret: [UInt8]) {
    key = SymmetricKey(data: secret)
  }

  /// - Parameter now: seconds since 1970.
  func session(of tokenDigest: String, at now: Int) -> Session {
    let id = SymmetricKey(size: .bits128).withUnsafeBytes { Self.hex($0) }
    return Session(id: id, tokenDigest: tokenDigest, ends: now + Self.lifetime)
  }

  /// The value of the session's cookie.
  func cookie(of session: Session) -> String {
    let content = "\(session.id).\(session.tokenDigest).\(session.ends)"
    return "\(content).\(seal("session", content))"
  }

  /// Returns the session of a cookie; nil for a cookie that this store's processes have not issued, or that has ended.
  func session(cookie: String, at now: Int) -> Session? {
    let parts = cookie.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4, let ends = Int(parts[2]), now < ends,
      isSeal(parts[3], of: "session", parts.prefix(3).joined(separator: "."))
    else { return nil }
    return Session(id: parts[0], tokenDigest: parts[1], ends: ends)
  }

  /// The token that every form of the session has. A page of another site cannot know it, so it cannot send our forms.
  func formToken(of session: Session) -> String { seal("form", session.id) }

  func isFormToken(_ text: String, of session: Session) -> Bool { isSeal(text, of: "form", session.id) }

  private func seal(_ purpose: String, _ content: String) -> String {
    Self.hex(HMAC<SHA256>.authenticationCode(for: Data("\(purpose):\(content)".utf8), using: key))
  }

  /// Compares in constant time.
  private func isSeal(_ text: String, of purpose: String, _ content: String) -> Bool {
    guard let code = Self.bytes(hex: text) else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Data("\(purpose):\(content)".utf8), using: key)
  }

  private static func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func bytes(hex text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count == 64, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
    }
  }
}
