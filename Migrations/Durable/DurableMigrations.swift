package import DurableSQL

extension SchemaSteps.Step {
  /// The steps that make the durable runner's tables, in order. Each is a pair of SQL files of this folder, one for each
  /// dialect, that mean the same.
  ///
  /// Until the first release steps are edited in place. A released step never changes again, not even its comments: a store
  /// keeps a digest of each step it took, and a program with another text of that step refuses it.
  package static let durable = [
    SchemaSteps.Step(
      name: "durable_0001", sqlite: PackageResources.sqlite_durable_0001_sql,
      postgres: PackageResources.postgres_durable_0001_sql),
    SchemaSteps.Step(
      name: "durable_0002", sqlite: PackageResources.sqlite_durable_0002_sql,
      postgres: PackageResources.postgres_durable_0002_sql),
  ]
}
