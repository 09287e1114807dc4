import Synchronization

/// The methods of each path, to tell a wrong method from a wrong path. It is filled once all routes are there.
final class RouteTable: Sendable {
  private let routes = Mutex<[(template: [Substring], method: String)]>([])

  func add(template: String, method: String) {
    routes.withLock { $0.append((template.split(separator: "/").map { Substring(String($0)) }, method)) }
  }

  /// Returns the methods of the routes that a path fits, in order; nil if it fits none.
  func methods(at path: String) -> [String]? {
    let parts = path.split(separator: "/")
    let found = routes.withLock { routes in
      routes.filter { Self.fits(parts, $0.template) }.map(\.method)
    }
    return found.isEmpty ? nil : found.sorted()
  }

  private static func fits(_ parts: [Substring], _ template: [Substring]) -> Bool {
    parts.count == template.count
      && zip(parts, template).allSatisfy { $0 == $1 || $1.hasPrefix("{") || $1.hasPrefix(":") }
  }
}
