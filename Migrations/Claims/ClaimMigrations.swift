package import DurableSQL

extension SchemaSteps.Step {
  /// The steps that make the tables of claims, in order, beside those of the durable runner.
  package static let claims = [
    SchemaSteps.Step(
      name: "claims_0001", sqlite: PackageResources.sqlite_claims_0001_sql,
      postgres: PackageResources.postgres_claims_0001_sql),
    SchemaSteps.Step(
      name: "claims_0002", sqlite: PackageResources.sqlite_claims_0002_sql,
      postgres: PackageResources.postgres_claims_0002_sql),
    SchemaSteps.Step(
      name: "claims_0003", sqlite: PackageResources.sqlite_claims_0003_sql,
      postgres: PackageResources.postgres_claims_0003_sql),
    SchemaSteps.Step(
      name: "claims_0004", sqlite: PackageResources.sqlite_claims_0004_sql,
      postgres: PackageResources.postgres_claims_0004_sql),
    SchemaSteps.Step(
      name: "claims_0005", sqlite: PackageResources.sqlite_claims_0005_sql,
      postgres: PackageResources.postgres_claims_0005_sql),
    SchemaSteps.Step(
      name: "claims_0006", sqlite: PackageResources.sqlite_claims_0006_sql,
      postgres: PackageResources.postgres_claims_0006_sql),
    SchemaSteps.Step(
      name: "claims_0007", sqlite: PackageResources.sqlite_claims_0007_sql,
      postgres: PackageResources.postgres_claims_0007_sql),
    SchemaSteps.Step(
      name: "claims_0008", sqlite: PackageResources.sqlite_claims_0008_sql,
      postgres: PackageResources.postgres_claims_0008_sql),
    SchemaSteps.Step(
      name: "claims_0009", sqlite: PackageResources.sqlite_claims_0009_sql,
      postgres: PackageResources.postgres_claims_0009_sql),
    SchemaSteps.Step(
      name: "claims_0010", sqlite: PackageResources.sqlite_claims_0010_sql,
      postgres: PackageResources.postgres_claims_0010_sql),
    SchemaSteps.Step(
      name: "claims_0011", sqlite: PackageResources.sqlite_claims_0011_sql,
      postgres: PackageResources.postgres_claims_0011_sql),
    SchemaSteps.Step(
      name: "claims_0012", sqlite: PackageResources.sqlite_claims_0012_sql,
      postgres: PackageResources.postgres_claims_0012_sql),
    SchemaSteps.Step(
      name: "claims_0013", sqlite: PackageResources.sqlite_claims_0013_sql,
      postgres: PackageResources.postgres_claims_0013_sql),
  ]
}

extension SchemaSteps {
  /// The digests, in either dialect, of what was one step before the tables of claims had steps of their own. A store that
  /// has taken it has taken the first two.
  package static let formerlyOneStep = [
    "a59b966f76032c782adf4aa375e17b2d6c10b14dd0f5e4252a87289478072269": 2,
    "fb2c995eb2ad3ee32ccf0bf2f4466c42f3f10e71e394bc978aeecd5d02baab90": 2,
  ]
}
