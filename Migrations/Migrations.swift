/// The numbered SQL files of this folder, embedded in the binary, by dialect and in order.
package enum Migrations {
  package static let sqlite: [[UInt8]] = [
    PackageResources.sqlite_0001_claims_sql
  ]

  package static let postgres: [[UInt8]] = [
    PackageResources.postgres_0001_claims_sql
  ]
}
