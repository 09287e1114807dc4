package import DurableSQL
package import ClaimsDomain

private enum SQL {
  static let insert = Statement(
    "rulesets.insert", "INSERT INTO rulesets (id, digest) VALUES ($1, $2) ON CONFLICT DO NOTHING")
  static let select = Statement("rulesets.select", "SELECT digest FROM rulesets WHERE id = $1")
}

extension SQLTransaction {
  package func register(_ ruleset: RulesetID, digest: String) throws -> String {
    try run(SQL.insert, [[.text(ruleset.text), .text(digest)]])
    return try ask(SQL.select, [.text(ruleset.text)]) { try $0.text() }.first ?? digest
  }
}
