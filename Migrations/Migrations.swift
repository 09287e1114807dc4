/// The numbered SQL files of this folder, embedded in the binary, in order: a step is a pair that means the same.
///
/// A store keeps a digest of each step it took, and a program with another text of that step refuses it. Until the first
/// release steps are edited in place; a released step never changes again, not even its comments.
package enum Migrations {
  package struct Step: Sendable {
    /// Its files are called so, after the dialect.
    package let name: String
    package let sqlite: [UInt8]
    package let postgres: [UInt8]
  }

  package static let steps = [
    Step(
      name: "0001_claims", sqlite: PackageResources.sqlite_0001_claims_sql,
      postgres: PackageResources.postgres_0001_claims_sql)
  ]

  package static let sqlite = steps.map(\.sqlite)
  package static let postgres = steps.map(\.postgres)
}
