package import ClaimsDomain
import GRDB

extension SQLiteTransaction {
  package func register(_ ruleset: RulesetID, digest: String) throws -> String {
    try each("rulesets.insert", "INSERT OR IGNORE INTO rulesets (id, digest) VALUES (?, ?)", [digest]) {
      [ruleset.text, $0]
    }
    return try named("rulesets.select") {
      let statement = try database.cachedStatement(sql: "SELECT digest FROM rulesets WHERE id = ?")
      return try String.fetchOne(statement, arguments: [ruleset.text]) ?? digest
    }
  }
}
