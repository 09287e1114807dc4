import BankSimulator
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import DurableSQLite
import Sabotage

/// One case, with or without keys: a fresh store, a fresh bank over HTTP, and the resulting figures from the bank's own
/// books.
struct DedupTrial {
  let demo: DedupCase
  let withKeys: Bool
  let folder: DemoFolder

  struct Figures {
    /// The number of transfers the bank made.
    var payments: Int
    /// The number of claims that were paid at least once.
    var claims: Int
    /// The number of transfers beyond the first of each claim.
    var duplicates: Int
    /// The total amount of the duplicates.
    var lost: Money
    /// The amount that the bank has paid and our books do not record.
    var atRisk: Money
  }

  func run() async throws -> Figures {
    let name = "\(demo)-\(withKeys)"
    let store = try DemoStore(makingAt: folder.file("\(name).db"), allowsSecondPayment: !withKeys)
    let bank = try Bank(path: folder.file("\(name).bank.db"))
    let plan = try demo.faults.map { try FaultPlan(parsing: $0, defaultSeed: 1) } ?? .none
    let injector = FaultInjector(plan)
    try await DemoBank.serve(bank, injector) { gateway in
      let lease = Duration.milliseconds(1_500)
      let forgetting = withKeys ? [] : ["--forget"]
      try await demo.run {
        _ =
          withKeys
          ? try await folder.process(store: store.path, gateway: gateway, lease: lease)
          : try await folder.trial(store: store.path, gateway: gateway, lease: lease, forgetting)
      } dying: {
        try await folder.trial(store: store.path, gateway: gateway, lease: lease, forgetting + ["--die-after-payment"])
      }
    }
    if let rule = injector.neverFired.first { throw DemoError.faultDidNotFire("\(rule)") }
    return try await figures(of: bank, store: try store.open())
  }

  private func figures(of bank: Bank, store: ClaimStore) async throws -> Figures {
    let transfers = try await bank.transfers()
    let known = try await store.read { try $0.transfersOnRecord() }
    var figures = Figures(payments: transfers.count, claims: 0, duplicates: 0, lost: .zero, atRisk: .zero)
    var paid: Set<String> = []
    for transfer in transfers {
      if paid.insert(FreshOrderBank.claim(of: transfer.reference)).inserted {
        figures.claims += 1
      } else {
        figures.duplicates += 1
        figures.lost = try figures.lost + transfer.amount
      }
      if !known.contains(transfer.id) { figures.atRisk = try figures.atRisk + transfer.amount }
    }
    return figures
  }
}
