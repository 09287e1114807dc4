import DurableExecution

/// The numbered steps that create the tables of a database, in both dialects.
///
/// A database records the digest of each step that it has applied. If a program has a different text for a step, it
/// refuses the database, because the tables may not match the program's statements.
package struct SchemaSteps: Sendable {
  /// One step, in both dialects.
  package struct Step: Sendable {
    /// The name of the step for people: `durable_0001`.
    package let name: String
    package let sqlite: [UInt8]
    package let postgres: [UInt8]

    package init(name: String, sqlite: [UInt8], postgres: [UInt8]) {
      self.name = name
      self.sqlite = sqlite
      self.postgres = postgres
    }
  }

  /// One step in one dialect, with the digest to record once the step is applied.
  package struct Script: Sendable {
    package let sql: String
    package let digest: String

    init(_ bytes: [UInt8]) {
      sql = String(decoding: bytes, as: UTF8.self)
      digest = ContentDigest.sha256(bytes)
    }
  }

  package let steps: [Step]
  /// SQLite's `application_id`, which distinguishes the files of one application from those of others.
  package let applicationID: Int32
  /// Maps the digest of a former single step to the number of steps it has since been split into.
  package let formerly: [String: Int]
  package let sqlite: [Script]
  package let postgres: [Script]

  package init(_ steps: [Step], applicationID: Int32, formerly: [String: Int] = [:]) {
    self.steps = steps
    self.applicationID = applicationID
    self.formerly = formerly
    sqlite = steps.map { Script($0.sqlite) }
    postgres = steps.map { Script($0.postgres) }
  }

  /// The number of the last step.
  package var version: Int { steps.count }

  /// Returns how many steps a store has applied, given its recorded digests.
  ///
  /// - Returns: the number of steps; nil if the digests do not match these steps.
  package func taken(_ digests: [String], of scripts: [Script]) -> Int? {
    if digests.count == 1, let count = formerly[digests[0]] { return count }
    return digests == scripts.prefix(digests.count).map(\.digest) ? digests.count : nil
  }
}
