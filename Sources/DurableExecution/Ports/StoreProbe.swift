/// Told of each call to a store, before and after. What it throws makes the call fail: before it, nothing was done;
/// after it, it was done and nobody heard.
package struct StoreProbe: Sendable {
  package let before: @Sendable (StoreCall) throws -> Void
  package let after: @Sendable (StoreCall) throws -> Void

  package init(
    before: @escaping @Sendable (StoreCall) throws -> Void, after: @escaping @Sendable (StoreCall) throws -> Void
  ) {
    self.before = before
    self.after = after
  }
}

package enum StoreCall: Hashable, Sendable, CustomStringConvertible {
  case begin
  /// By its name.
  case statement(String)
  case commit

  package var description: String {
    switch self {
    case .begin: "begin"
    case .statement(let name): name
    case .commit: "commit"
    }
  }
}
