import Foundation

/// Where a model answers, such as `https://models.example/v1`: the base URL of an endpoint for chat completions.
package struct ModelEndpoint: Hashable, Sendable {
  /// The URL without a trailing slash.
  let base: String
  /// Host and port, for messages.
  let place: String

  /// - Throws: `ModelEndpointError`. What is sent has members' data in it, so it goes out in the open to this machine only.
  package init(_ text: String) throws(ModelEndpointError) {
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), let host = parts.host,
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
