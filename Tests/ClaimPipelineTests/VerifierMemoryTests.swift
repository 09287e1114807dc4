import BankSimulator
import ClaimStore
import ClaimsDomain
import DurableExecution
import DurableSQL
import Synchronization
import TestSupport
import Testing
import Verification

@Suite("What a verification holds does not depend on how many claims there are", .postgres)
struct VerifierMemoryTests {
  private static let pageSize = 6

  @Test("no question has more rows for its answer in a larger store", arguments: StoreKind.allCases)
  func rows(on kind: StoreKind) async throws {
    let few = try await answers(on: kind, claims: Self.pageSize * 2)
    let many = try await answers(on: kind, claims: Self.pageSize * 8)
    #expect(few.count > 20, "a verification asks more than that")
    #expect(many == few)
  }

  @Test("SQLite, which sorts in memory, sorts no more than a page, or what is rare")
  func sorts() async throws {
    let world = try ClaimsWorld(on: .sqlite)
    let base = try await world.openBase()
    _ = try await world.process((1...4).map { SampleClaim.make("A-\($0)", member: "W-\($0)") }, on: ClaimStore(base))
    let plans = Plans(of: .sqlite)
    let store = ClaimStore(WatchedStore(base) { PlannedSession(base: $0, plans: plans) })
    #expect(try await verify(world, store).isClean)
    #expect(plans.steps.count > 40, "a verification asks more than that")
    for (statement, steps) in plans.steps.sorted(by: { $0.key < $1.key }) where Self.rare[statement] == nil {
      // The rows of a page are few.
      if steps.contains(where: { $0.contains("json_each") || $0.hasSuffix(" (reference=?)") }) { continue }
      #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(statement): \(steps)")
    }
  }

  /// Statements that sort what is rare, or keep no more of it than LIMIT says.
  private static let rare = [
    "verify.rulesets": "the names of rulesets",
    "verify.strayBalance": "payments that were reversed, or that withheld something",
    "verify.entryWithoutClaim": "the keys that are found, up to the limit of findings",
    "verify.settledWithoutKey": "the keys that are found, up to the limit of findings",
    "forms.page": "the first forms after a place, as many as a page has",
    "forms.counts": "the states of forms",
  ]

  private func answers(on kind: StoreKind, claims: Int) async throws -> [String: Int] {
    let world = try ClaimsWorld(on: kind)
    let base = try await world.openBase()
    let sent = (1...claims).map { SampleClaim.make("A-\($0)", member: "W-\($0)") }
    _ = try await world.process(sent, on: ClaimStore(base))
    let counts = RowCounts()
    let store = ClaimStore(WatchedStore(base) { RowCountingSession(base: $0, counts: counts) })
    let report = try await verify(world, store)
    #expect(report.isClean)
    #expect(report.totals.claims == claims)
    return counts.most
  }

  private func verify(_ world: ClaimsWorld, _ store: ClaimStore) async throws -> VerificationReport {
    try await Verifier(store: store, settings: .init(pageSize: Self.pageSize))
      .verify(rulesets: [world.ruleset.id: world.ruleset], bank: world.bank)
  }
}

/// The greatest number of rows that each statement has answered one question with.
private final class RowCounts: Sendable {
  private let found = Mutex<[String: Int]>([:])

  var most: [String: Int] { found.withLock(\.self) }

  func add(_ rows: Int, of statement: String) { found.withLock { $0[statement] = max($0[statement] ?? 0, rows) } }
}

/// A session that counts the rows of each answer.
private struct RowCountingSession: SQLSession {
  let base: any SQLSession
  let counts: RowCounts

  var now: Timestamp {
    get throws { try base.now }
  }
  var incarnation: Int64 {
    get throws { try base.incarnation }
  }

  func run(_ statement: Statement, _ rows: [[SQLValue]], orFail failure: ((Int) -> StoreFailure)?) throws {
    try base.run(statement, rows, orFail: failure)
  }

  func ask(_ queries: [SQLQuery], _ read: (Int, inout Columns) throws -> Void) throws {
    var rows = 0
    try base.ask(queries) { question, columns in
      rows += 1
      try read(question, &columns)
    }
    counts.add(rows, of: queries.map(\.name).joined(separator: "+"))
  }

  func lock(_ names: [String], _ mode: LockMode) throws { try base.lock(names, mode) }

  func announceWork() throws { try base.announceWork() }
}
