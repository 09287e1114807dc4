import ClaimOperations
import BankProtocol
import ClaimStore
import ClaimPipeline
import ClaimsDomain
import DurableExecution
import Foundation
import BankSimulator
import TestSupport
import Testing

/// Whatever copy of a store is put back, by whatever plans and in whatever order its claims are processed again, with or
/// without reconciling: no claim is paid twice, and a person can bring the books and the bank together at the end. Money
/// is counted in the bank's own books.
@Suite("Random walks of backups, restores and other plans")
struct RestoreWalkTests {
  @Test("pay no claim twice, and what is reconciled pays none that was paid", arguments: 1...12)
  func walk(_ number: Int) async throws {
    let seed = UInt64.random(in: 0...UInt64(UInt32.max))
    var walk = try Walk(seed: seed)
    try await walk.begin()
    for _ in 1...10 { try await walk.step() }
    let standing = try await walk.world.standingPayments()
    #expect(standing.values.allSatisfy { $0 == 1 }, "seed \(seed): \(standing.filter { $0.value != 1 })")
    #expect(try await walk.world.bank.duplicates().isEmpty, "seed \(seed)")
    #expect(walk.restores > 0 && !standing.isEmpty, "seed \(seed): nothing was tried")
    let open = try await walk.settle()
    #expect(open.isEmpty, "seed \(seed)")
    let (paid, moved) = try await walk.paid()
    #expect(paid == moved, "seed \(seed)")
  }

  private struct Walk {
    let world: ClaimsWorld
    private(set) var restores = 0
    private var random: SeededGenerator
    private var backups = 0

    /// Claims of three members who share out a deductible, so that their order decides what each is paid.
    private static let claims = (1...9).map { number in
      SampleClaim.make(
        "R-\(number)", member: "W-\(number % 3)", day: number,
        services: [.init(number % 2 == 0 ? "99213" : "G0463", Int64(200_00 + number * 35_00))])
    }

    /// In hundredths of a percent.
    private static let coinsurances = [0, 1_000, 2_000]

    init(seed: UInt64) throws {
      world = try ClaimsWorld(on: .sqlite)
      random = SeededGenerator(seed: seed)
    }

    /// What every walk has in it: all claims are processed, and then a copy from before is put back.
    mutating func begin() async throws {
      try await process(1)
      try backUp()
      try await process(Self.claims.count)
      try await restore()
      try await process(Self.claims.count)
    }

    mutating func step() async throws {
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1, 2: try await process(Int.random(in: 1...Self.claims.count, using: &random))
      case 3: try backUp()
      default: try await restore()
      }
    }

    /// What a person does at the end.
    ///
    /// - Returns: the transfers that are still open.
    mutating func settle() async throws -> [OpenTransfer] {
      let store = try await world.openStore()
      try await reconcile(store)
      try await processByAll()
      try await act(on: try await store.read { try OpenTransfer.all(in: $0) }, in: store)
      try await processByAll()
      return try await store.read { try OpenTransfer.all(in: $0) }
    }

    /// What was decided and not paid is only paid by the rules it was decided by.
    private mutating func processByAll() async throws {
      for coinsurance in Self.coinsurances {
        try await process(Self.claims.count, isSilent: false, coinsurance: coinsurance)
      }
    }

    private func act(on open: [OpenTransfer], in store: some ClaimStore) async throws {
      let signOff = try SignOff(by: "a clerk", reason: "compared")
      let agent = ReturnAgent(
        store, at: EmbeddedBank(world.bank), books: world.bank, runner: DurableRunner(worker: WorkerID("clerk")))
      for open in open {
        switch open.meaning {
        case .cameBack(nil): continue
        case .refusedForIt(let key), .cameBack(let key?):
          try await store.transaction { transaction in
            guard let record = try transaction.records(for: [key])[key] else { return }
            try transaction.release(record, by: signOff)
          }
        case .differs, .notDue, .paidTwice: _ = try await agent.takeBack(open.transfer.id, by: signOff)
        case .claimNotHere, .claimUnderWay, .paidAnew, .returned: Issue.record("\(open) after its claim was processed")
        }
      }
    }

    /// What each claim was paid, on our books and at the bank.
    func paid() async throws -> (books: [String: Money], bank: [String: Money]) {
      let store = try await world.openStore()
      let payments = try await store.read { transaction in
        try transaction.payments(of: try transaction.claimIDs(after: nil, limit: 100))
      }
      let paid = payments.filter { $0.state == .paid }.map { ($0.claimID.text, $0.amount) }
      let moved = Dictionary(grouping: try await world.bank.transfers(), by: \.reference)
      return (
        Dictionary(uniqueKeysWithValues: paid),
        try moved.mapValues { try $0.map(\.amount).reduce(.zero, +) }.filter { $0.value != .zero }
      )
    }

    /// Some claims in some order by some plan, by a bank that may keep its answers to itself.
    private mutating func process(_ count: Int, isSilent: Bool? = nil, coinsurance: Int? = nil) async throws {
      let claims = Array(Self.claims.shuffled(using: &random).prefix(count))
      let chosen = Self.coinsurances.randomElement(using: &random) ?? 0
      let coinsurance = coinsurance ?? chosen
      let ruleset = SampleRuleset.make(id: "rules-\(coinsurance)", coinsurance: Int64(coinsurance))
      let mayBeSilent = Bool.random(using: &random)
      let isSilent = isSilent ?? mayBeSilent
      let bank = EmbeddedBank(world.bank)
      let store = try await world.openStore()
      _ = try await world.process(
        claims, on: store, bank: isSilent ? SilentBank(bank: bank, hears: true) : bank, ruleset: ruleset)
      world.letLeasesEnd()
    }

    private mutating func backUp() throws {
      backups += 1
      try copy("claims.db", to: "backup-\(backups).db")
    }

    private mutating func restore() async throws {
      guard backups > 0 else { return try backUp() }
      restores += 1
      try copy("backup-\(Int.random(in: 1...backups, using: &random)).db", to: "claims.db")
      // Without it the bank's own rule has to hold alone.
      guard Bool.random(using: &random) else { return }
      let store = try await world.openStore()
      try await reconcile(store)
    }

    private func reconcile(_ store: some ClaimStore) async throws {
      let link = BankLink(bank: world.bank.id, address: .file(world.folder.file("bank.db")))
      let reconciliation = Reconciliation(store, with: world.bank, of: link, pageSize: 3)
      _ = try await reconciliation.reconcile()
      #expect(try await reconciliation.standing() == .level)
    }

    /// The store is closed meanwhile; what its log still holds goes along.
    private func copy(_ name: String, to other: String) throws {
      for ending in ["", "-wal", "-shm"] {
        let (from, to) = (world.folder.file(name + ending), world.folder.file(other + ending))
        try? FileManager.default.removeItem(atPath: to)
        guard ending != "-shm", FileManager.default.fileExists(atPath: from) else { continue }
        try FileManager.default.copyItem(atPath: from, toPath: to)
      }
    }
  }
}
