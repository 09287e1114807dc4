import Foundation
import StrictText

/// Where a receiver listens: `https://claims.example/hooks`, or `http` to this machine.
package struct WebhookURL: Hashable, Sendable {
  package let text: String

  private static let longest = 1_000

  /// - Throws: `WebhookRefusal.url` for a URL that is not as it should be. The words do not quote it.
  package init(_ text: String) throws(WebhookRefusal) {
    guard (1...Self.longest).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), let host = parts.host,
      !host.isEmpty, scheme == "http" || scheme == "https"
    else { throw .url("must look like https://claims.example/hooks, in at most \(Self.longest) ASCII characters") }
    guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else {
      throw .url("must have no user, password, query, or fragment: whoever lists the receivers reads it")
    }
    guard parts.hasPossiblePort else { throw .url("must name a port from 1 to 65535, or none") }
    guard scheme == "https" || Self.isThisMachine(host) else {
      throw .url("must be https; http goes to this machine only (127.0.0.1, [::1], or localhost)")
    }
    self.text = text
  }

  private static func isThisMachine(_ host: String) -> Bool {
    ["localhost", "::1", "[::1]"].contains(host.lowercased())
      || host.wholeMatch(of: /127(\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}/) != nil
  }

  /// Host and port of a URL that was checked, for messages.
  static func place(of text: String) -> String {
    guard let parts = URLComponents(string: text), let host = parts.host else { return "the receiver" }
    return "\(host):\(parts.port ?? (parts.scheme?.lowercased() == "https" ? 443 : 80))"
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
