import Foundation
import NIOCore
import StrictText

/// Where a receiver listens: `https://claims.example/hooks`, or `http` to this machine.
package struct WebhookURL: Hashable, Sendable {
  /// The URL in the one form of all its spellings (RFC 3986, section 6.2), so that no place is two receivers.
  package let text: String

  private static let longest = 1_000

  /// - Throws: `WebhookRefusal.url` for a URL that is not as it should be. The words do not quote it.
  package init(_ text: String) throws(WebhookRefusal) {
    guard (1...Self.longest).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      var parts = URLComponents(string: text, encodingInvalidCharacters: false),
      let scheme = parts.scheme?.lowercased(), let named = parts.percentEncodedHost?.lowercased(),
      scheme == "http" || scheme == "https"
    else { throw .url("must look like https://claims.example/hooks, in at most \(Self.longest) ASCII characters") }
    guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else {
      throw .url("must have no user, password, query, or fragment: whoever lists the receivers reads it")
    }
    guard let host = Self.normalized(host: named) else {
      throw .url("must name a host: claims.example, 192.0.2.1, or [2001:db8::1]")
    }
    guard parts.hasPossiblePort else { throw .url("must name a port from 1 to 65535, or none") }
    guard scheme == "https" || Self.isThisMachine(host) else {
      throw .url("must be https; http goes to this machine only (127.0.0.1, [::1], or localhost)")
    }
    guard let path = parts.percentEncodedPath.removingPercentEncoding, !path.holdsControl,
      !path.split(separator: "/").contains(where: { $0 == "." || $0 == ".." })
    else { throw .url("must have a path of plain text, and no . or .. as a part of it") }
    (parts.scheme, parts.percentEncodedHost) = (scheme, host)
    parts.port = parts.port == Self.port(of: scheme) ? nil : parts.port
    parts.percentEncodedPath = path.isEmpty ? "/" : Self.normalized(path: parts.percentEncodedPath)
    guard let text = parts.string else { throw .url("is none that can be called") }
    self.text = text
  }

  /// Returns an address in its shortest form, or a name in the letters of DNS; nil for anything else.
  private static func normalized(host: String) -> String? {
    if host.hasPrefix("["), host.hasSuffix("]") {
      let address = try? SocketAddress(ipAddress: String(host.dropFirst().dropLast()), port: 0)
      return address.flatMap { if case .v6 = $0 { $0.ipAddress } else { nil } }.map { "[\($0)]" }
    }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    // What ends in a number is an address, however it is written (the URL standard, section 3.5).
    if labels.last?.wholeMatch(of: /[0-9]+|0x[0-9a-f]*/) != nil {
      return (try? SocketAddress(ipAddress: host, port: 0)).flatMap { if case .v4 = $0 { $0.ipAddress } else { nil } }
    }
    let isName = labels.allSatisfy { $0.wholeMatch(of: /[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?/) != nil }
    return isName && host.utf8.count <= 253 ? host : nil
  }

  /// Writes a letter, a digit, or a mark that needs no escape without one, and other escapes in capitals.
  private static func normalized(path: String) -> String {
    path.replacing(/%([0-9A-Fa-f]{2})/) { match in
      guard let byte = UInt8(match.1, radix: 16) else { return String(match.0) }
      let scalar = Character(Unicode.Scalar(byte))
      let isPlain = scalar.isASCII && (scalar.isLetter || scalar.isNumber || "-._~".contains(scalar))
      return isPlain ? String(scalar) : match.0.uppercased()
    }
  }

  private static func port(of scheme: String) -> Int { scheme == "https" ? 443 : 80 }

  private static func isThisMachine(_ host: String) -> Bool {
    host == "localhost" || host == "[::1]" || host.wholeMatch(of: /127(\.[0-9]{1,3}){3}/) != nil
  }

  /// Host and port of a URL that was checked, for messages.
  static func place(of text: String) -> String {
    guard let parts = URLComponents(string: text), let host = parts.host else { return "the receiver" }
    return "\(host):\(parts.port ?? port(of: parts.scheme?.lowercased() ?? ""))"
  }
}

/// The reason that a change to the receivers is not made.
package enum WebhookRefusal: Error, Hashable, CustomStringConvertible {
  case url(String)
  case types
  case alreadyThere
  case noReceiver
  case noDelivery
  /// The delivery is still to be made, so there is nothing to send again.
  case stillOpen
  case overlap
  case tooManySecrets

  package var description: String {
    switch self {
    case .url(let reason): "the URL \(reason)"
    case .types: "there is no event of that type; they are \(WebhookDesk.knownTypes)"
    case .alreadyThere: "the URL is a receiver already; a lost secret is replaced by rotating it"
    case .noReceiver: "there is no such receiver, or it was removed"
    case .noDelivery: "there is no such delivery, or its receiver was removed"
    case .stillOpen: "the delivery is still to be made; it is tried again by itself"
    case .overlap: "the older secrets may sign for 0 to \(WebhookDesk.longestOverlap) hours more"
    case .tooManySecrets: "\(WebhookDesk.secretLimit) secrets sign already; wait until an older one has ended"
    }
  }
}
