import BankProtocol
import BankSimulator
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsDomain
import DurableExecution
import Foundation
import TestSupport
import Testing

/// Restores any copy of a store, and processes its claims again by any plans and in any order, with or without
/// reconciling. No claim is paid twice, and at the end a person can make the books agree with the bank. Money is
/// counted in the bank's own books.
@Suite("Random walks of backups, restores and other plans")
struct RestoreWalkTests {
  @Test("pay no claim twice, and can be settled with the bank's books at the end", arguments: 1...12)
  func walk(_ number: Int) async throws {
    let seed = UInt64.random(in: 0...UInt64(UInt32.max))
    var walk = try Walk(seed: seed)
    try await walk.begin()
    for _ in 1...10 { try await walk.step() }
    let standing = try await walk.world.standingPayments()
    #expect(standing.values.allSatisfy { $0 == 1 }, "seed \(seed): \(standing.filter { $0.value != 1 })")
    #expect(try await walk.world.bank.duplicates().isEmpty, "seed \(seed)")
    #expect(walk.restores > 0 && !standing.isEmpty, "seed \(seed): the walk restored or paid nothing")
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

    /// Claims of three members, each with a deductible, so that the order of the claims determines their payments.
    private static let claims = (1...9).map { number in
      SampleClaim.make(
        "R-\(number)", member: "W-\(number % 3)", day: number,
        services: [.init(number % 2 == 0 ? "99213" : "G0463", Int64(200_00 + number * 35_00))])
    }

    /// Coinsurance in hundredths of a percent.
    private static let coinsurances = [0, 1_000, 2_000]

    init(seed: UInt64) throws {
      world = try ClaimsWorld(on: .sqlite)
      random = SeededGenerator(seed: seed)
    }

    /// The beginning of every walk: all claims are processed, and then an earlier copy is restored.
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

    /// Does what a person does at the end.
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

    /// Processes all claims by each set of rules, since a decided claim is paid only by the rules that decided it.
    private mutating func processByAll() async throws {
      for coinsurance in Self.coinsurances {
        try await process(Self.claims.count, isSilent: false, coinsurance: coinsurance)
      }
    }

    private func act(on open: [OpenTransfer], in store: ClaimStore) async throws {
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
        case .claimNotHere, .claimUnderWay, .paidAnew, .returned:
          Issue.record("\(open) is open after its claim was processed")
        }
      }
    }

    /// Returns the amount paid for each claim, by our books and by the bank's.
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

    /// Processes some claims in random order by a random plan, with a bank that may not answer.
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
      // Without reconciling, the bank's own rule must hold alone.
      guard Bool.random(using: &random) else { return }
      let store = try await world.openStore()
      try await reconcile(store)
    }

    private func reconcile(_ store: ClaimStore) async throws {
      let link = BankLink(
        bank: world.bank.id, address: .file(world.folder.file("bank.db")), key: world.bank.key)
      let reconciliation = Reconciliation(store, with: world.bank, of: link, pageSize: 3)
      _ = try await reconciliation.reconcile()
      #expect(try await reconciliation.standing() == .level)
    }

    /// Copies the store, which is closed at the time, with its log.
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
