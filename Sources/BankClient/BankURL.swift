import Foundation
import StrictText

/// The bank's base URL: `https://bank.example:8443/base`.
package struct BankURL: Hashable, Sendable, CustomStringConvertible {
  /// The URL without a trailing slash.
  let base: String
  /// Host and port, for messages.
  package let place: String

  /// - Throws: `BankURLError` for anything but `http` or `https` with a host.
  package init(_ text: String) throws(BankURLError) {
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), let host = parts.host,
      !host.isEmpty, scheme == "http" || scheme == "https", parts.hasPossiblePort
    else { throw .malformed }
    // User and password would end up in logs, and a query or fragment has no meaning in a base URL.
    guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else {
      throw .hasMoreThanAddress
    }
    base = text.hasSuffix("/") ? String(text.dropLast()) : text
    place = "\(host):\(parts.port ?? (scheme == "https" ? 443 : 80))"
  }

  /// The URL of a resource at the bank, with each part percent-encoded.
  func appending(_ parts: String...) -> String {
    parts.reduce(base) { "\($0)/\(Self.encoded($1))" }
  }

  package var description: String { base }

  private static func encoded(_ part: String) -> String {
    part.addingPercentEncoding(withAllowedCharacters: unreserved) ?? part
  }

  /// The unreserved characters of RFC 3986, section 2.3.
  private static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

/// An error in a bank URL that a user entered.
package enum BankURLError: Error, Hashable, CustomStringConvertible {
  case malformed
  case hasMoreThanAddress

  package var description: String {
    switch self {
    case .malformed: "the bank's URL must look like http://127.0.0.1:8090 or https://bank.example"
    case .hasMoreThanAddress: "the bank's URL must have no user, password, query or fragment"
    }
  }
}
