import DurableExecution

/// The numbered steps that make the tables of a database, in both dialects.
///
/// A database records the digest of each step that was taken. A program that has another text for a step refuses the
/// database, because its tables may not be the ones the program's statements are written for.
package struct SchemaSteps: Sendable {
  /// One step, written once for each dialect.
  package struct Step: Sendable {
    /// Names the step for people: `durable_0001`.
    package let name: String
    package let sqlite: [UInt8]
    package let postgres: [UInt8]

    package init(name: String, sqlite: [UInt8], postgres: [UInt8]) {
      self.name = name
      self.sqlite = sqlite
      self.postgres = postgres
    }
  }

  /// One step in one dialect, with the digest that is on record once it is taken.
  package struct Script: Sendable {
    package let sql: String
    package let digest: String

    init(_ bytes: [UInt8]) {
      sql = String(decoding: bytes, as: UTF8.self)
      digest = ContentDigest.sha256(bytes)
    }
  }

  package let steps: [Step]
  /// SQLite's `application_id`: tells the files of one application from those of others.
  package let applicationID: Int32
  /// How many of the steps a store has taken whose only step has this digest: it was split since.
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

  /// How many steps a store has taken, by the digests that it has on record.
  ///
  /// - Returns: nil where they are not those of these steps.
  package func taken(_ digests: [String], of scripts: [Script]) -> Int? {
    if digests.count == 1, let count = formerly[digests[0]] { return count }
    return digests == scripts.prefix(digests.count).map(\.digest) ? digests.count : nil
  }
}
