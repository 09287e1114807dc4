package import Foundation

extension URLComponents {
  /// Whether the URL names no port, or one from 1 to 65535. A client that is given another may end the process.
  package var hasPossiblePort: Bool {
    guard let port else { return string?.firstMatch(of: /^[^\/]*\/\/[^\/?#]*:[0-9]*(?=[\/?#]|$)/) == nil }
    return (1...65_535).contains(port)
  }
}
