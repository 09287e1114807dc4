import Synchronization

/// The methods of each path, to tell a wrong method from a wrong path. It is filled once all routes are there.
final class RouteTable: Sendable {
  private let routes = Mutex<[(template: [Substring], method: String)]>([])

  func add(template: String, method: String) {
    routes.withLock { $0.append((template.split(separator: "/").map { Substring(String($0)) }, method)) }
  }

  /// Returns the methods of the routes that a path fits, in order; nil if it fits none. A route that names a part of the
  /// path goes before one that takes any text there, as in the router.
  func methods(at path: String) -> [String]? {
    let parts = path.split(separator: "/")
    let fitting = routes.withLock { routes in routes.filter { Self.fits(parts, $0.template) } }
    let fewest = fitting.map { Self.openParts(of: $0.template) }.min()
    let found = fitting.filter { Self.openParts(of: $0.template) == fewest }.map(\.method)
    return found.isEmpty ? nil : found.sorted()
  }

  private static func fits(_ parts: [Substring], _ template: [Substring]) -> Bool {
    parts.count == template.count && zip(parts, template).allSatisfy { $0 == $1 || isOpen($1) }
  }

  private static func openParts(of template: [Substring]) -> Int { template.count(where: isOpen) }

  /// Whether a part of a template takes any text.
  private static func isOpen(_ part: Substring) -> Bool { part.hasPrefix("{") || part.hasPrefix(":") }
}
