import ClaimMigrations
import ClaimStore
import DurableSQL

extension SchemaSteps {
  /// The steps as a later version of this program would have them.
  static let withOneMore = SchemaSteps(
    SchemaSteps.claims.steps + [
      Step(name: "one_more", sqlite: Array(next.utf8), postgres: Array(next.utf8))
    ], applicationID: SchemaSteps.claims.applicationID, formerly: SchemaSteps.formerlyOneStep)

  private static let next = "CREATE TABLE one_more (id BIGINT NOT NULL PRIMARY KEY);"
}
