import ClaimMigrations
import ClaimStore
import DurableSQL

extension SchemaSteps {
  /// The steps as a later version of this program would have them.
  static let withOneMore = SchemaSteps(
    SchemaSteps.claims.steps + [
      Step(name: "one_more", sqlite: Array(next.utf8), postgres: Array(next.utf8))
    ], applicationID: SchemaSteps.claims.applicationID, formerly: SchemaSteps.formerlyOneStep)

  /// The steps of a version that alters two tables that exist, one after the other.
  static let withTwoAltered = SchemaSteps(
    SchemaSteps.claims.steps + [
      Step(name: "two_altered", sqlite: Array(altering.utf8), postgres: Array(altering.utf8))
    ], applicationID: SchemaSteps.claims.applicationID, formerly: SchemaSteps.formerlyOneStep)

  private static let altering = "ALTER TABLE claims ADD COLUMN more TEXT; ALTER TABLE payments ADD COLUMN more TEXT;"
  private static let next = "CREATE TABLE one_more (id BIGINT NOT NULL PRIMARY KEY);"
}
