import DurableExecution
import DurableMigrations
import DurablePostgres
import DurableSQL
import DurableSQLite
import DurableTesting
import Foundation
import TestSupport
import Testing

/// The stores that the service must work over. PostgreSQL isolates transactions in two ways, and the program uses both.
enum ServiceStore: CaseIterable, Sendable, CustomTestStringConvertible {
  case sqlite
  case postgres
  case serializablePostgres

  var testDescription: String {
    switch self {
    case .sqlite: "SQLite"
    case .postgres: "PostgreSQL"
    case .serializablePostgres: "PostgreSQL, serializable"
    }
  }
}

/// One store and its clock, shared by all processes that a test opens.
struct ServiceBench: Sendable {
  let clock = ManualClock()
  private let open: @Sendable (ManualClock, StoreProbe?) async throws -> any SQLStore

  init(_ kind: ServiceStore) throws {
    let steps = SchemaSteps(SchemaSteps.Step.durable, applicationID: 0)
    switch kind {
    case .sqlite:
      let folder = try #require(TemporaryFolderTrait.current, "the suite has no .temporaryFolder")
      let path = folder.appending(path: "\(UUID()).db").path
      open = { clock, probe in
        try SQLiteStore(path: path, schema: steps, clock: { clock.now }, probe: probe)
      }
    case .postgres, .serializablePostgres:
      let server = try PrivatePostgres.shared()
      let schema = server.newSchema()
      open = { clock, probe in
        try await PostgresStore(
          server.address, steps: steps, schema: schema, isSerializable: kind == .serializablePostgres, connections: 4,
          clock: { clock.now }, probe: probe)
      }
    }
  }

  func store(_ probe: StoreProbe? = nil) async throws -> AnyStore { AnyStore(base: try await open(clock, probe)) }

  func service() async throws -> KeyService<AnyStore> { KeyService(store: try await store()) }

  /// The events of a key, oldest first: their type, epoch, stream and facts.
  func events(of key: KeyText) async throws -> [String] {
    let events = Statement(
      "test.events", "SELECT type, epoch, stream, facts FROM events WHERE effect_key = $1 ORDER BY sequence")
    return try await store().read { transaction in
      try transaction.ask(events, [.text(key.text)]) {
        "\(try $0.text()) \(try $0.integer()) \(try $0.text()) \(String(decoding: try $0.bytes(), as: UTF8.self))"
      }
    }
  }

  /// Moves everything that has expired to the archive.
  func archive() async throws -> Int {
    try await store().transaction { try $0.archive(expiredBefore: $0.now, limit: 100) }
  }
}

/// A store of either kind.
struct AnyStore: DurableStore {
  fileprivate let base: any SQLStore

  var writers: Int { base.writers }

  func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (SQLTransaction) throws -> Value
  ) async throws -> Value { try await base.transaction(body) }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (SQLTransaction) throws -> Value
  ) async throws -> Value { try await base.read(body) }
}

extension KeyRequest {
  static let lease = Duration.seconds(60)

  /// A request for the same effect by default.
  static func sample(
    key: KeyText = KeyText(effect: "ship", segments: ["1"]), body: String = "a box", owner: String = "first",
    lease: Duration = Self.lease, retention: Retention = .financial
  ) throws -> KeyRequest {
    KeyRequest(
      key: key, fingerprint: try Fingerprint(of: [body]), agent: AgentVersion("ForeignAgent", "2.0"),
      owner: WorkerID(owner), lease: lease, retention: retention)
  }
}

extension KeyAnswer {
  var acquired: KeyRecord? {
    if case .acquired(let record) = self { record } else { nil }
  }

  var replayed: KeyRecord? {
    if case .replayed(let record) = self { record } else { nil }
  }
}

extension StoredResponse {
  /// Bytes that no JSON and no text column would keep.
  static let sample = StoredResponse(
    bytes: [0x00, 0xFF] + Array("{ \"b\":1, \"a\":\u{1F4E6} }\r\n".utf8),
    contentType: "application/json; charset=utf-8",
    status: 201)
  static let other = StoredResponse(bytes: Array("{}".utf8), contentType: "application/json", status: 201)
}
