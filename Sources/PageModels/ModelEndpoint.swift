import Foundation

/// Where a model answers, such as `https://models.example/v1`: the base URL of an endpoint for chat completions.
package struct ModelEndpoint: Hashable, Sendable {
  /// The URL without a trailing slash.
  let base: String
  /// Host and port, for messages.
  let place: String

  /// - Throws: `ModelEndpointError`. What is sent has members' data in it, so it goes out in the open to this machine only.
  package init(_ text: String) throws(ModelEndpointError) {
    guard text.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0.value != 0x7F }), !text.contains("%"),
      let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), let host = parts.host,
      !host.isEmpty, scheme == "http" || scheme == "https"
    else { throw .malformed }
    guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else {
      throw .hasMoreThanAddress
    }
    guard scheme == "https" || ["127.0.0.1", "localhost", "[::1]", "::1"].contains(host) else { throw .notEncrypted }
    base = text.hasSuffix("/") ? String(text.dropLast()) : text
    place = "\(host):\(parts.port ?? (scheme == "https" ? 443 : 80))"
  }
}

/// Why an address is none that pages are sent to.
package enum ModelEndpointError: Error, Hashable, CustomStringConvertible {
  case malformed
  case hasMoreThanAddress
  case notEncrypted

  package var description: String {
    switch self {
    case .malformed: "the model's URL must look like https://models.example/v1 or http://127.0.0.1:8000/v1"
    case .hasMoreThanAddress: "the model's URL must have no user, password, query or fragment"
    case .notEncrypted: "pages have members' data in them: give an https URL, or one of this machine"
    }
  }
}

/// A secret that an endpoint knows its client by. Nothing prints it.
package struct ModelToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  let secret: String

  /// - Returns: nil for a text that does not fit into a header.
  package init?(_ secret: String) {
    guard !secret.isEmpty, secret.utf8.count <= 4_096, secret.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return nil
    }
    self.secret = secret
  }

  package var description: String { "a token" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
