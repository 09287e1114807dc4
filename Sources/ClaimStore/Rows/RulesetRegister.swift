package import ClaimsDomain

/// Which content each ruleset name stands for. The first to use a name decides it for good.
package protocol RulesetRegister {
  /// The digest the name stands for: the one given when the name is new, else the one it was first used with.
  func register(_ ruleset: RulesetID, digest: String) throws -> String
}
