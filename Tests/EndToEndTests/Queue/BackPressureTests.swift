import Testing

@Suite("A full queue")
struct BackPressureTests {
  private static let full = "the queue holds 20, as many as --queue-limit allows"

  /// Fifty claims, for a queue of twenty.
  private let office: Office

  init() throws {
    office = try Office()
    try office.write(ManyClaims(count: 50, seed: 31).text, to: "many.837")
  }

  private func submitWithoutWaiting(to store: StoreInUse) async throws -> Ended {
    try await office.claims(
      ["submit", "many.837", "--received", "2026-04-01", "--queue-limit", "20", "--no-wait"] + store.option)
  }

  private func work(on store: StoreInUse) async throws {
    let run = try await office.claims(["work", "--until-empty", "--enroll", "PPO"] + store.option)
    #expect(run.way == .exited(0), "\(run.errors)")
  }

  /// Submits in the background, runs a script once the command reports that it waits, and returns the command's result.
  private func submitWaiting(for store: StoreInUse, _ meanwhile: String) async throws -> Ended {
    try await office.shell(
      """
      "$CLAIMS" submit many.837 --received 2026-04-01 --queue-limit 20 --store '\(store.name)' >said 2>complained &
      submitter=$!
      until [ -s complained ] || ! kill -0 $submitter; do sleep 0.1; done
      \(meanwhile)
      wait $submitter; ended=$?
      cat said; cat complained >&2
      exit $ended
      """)
  }

  @Test(
    "with --no-wait, submit stops when the queue is full, and the same command continues until each claim is paid once",
    arguments: StoreKind.allCases)
  func stops(kind: StoreKind) async throws {
    let store = try await kind.store(in: office)
    for (number, said) in [
      (21, "20 claims queued"), (21, "0 claims queued, 20 in the queue already"),
      (41, "20 claims queued, 20 at their end already"),
    ] {
      if number > 21 { try await work(on: store) }
      let run = try await submitWithoutWaiting(to: store)
      #expect(run.way == .exited(69))
      #expect(run.text.hasPrefix("\(said)\n"))
      #expect(run.complaints.count == 1)
      let stop = "stopped at claim MANY-\(number): \(Self.full); submit the same again to go on from here\n"
      #expect(run.errors.hasPrefix("claims: many.837: segment ") && run.errors.hasSuffix(stop), "\(run.errors)")
      #expect(try await store.sql("SELECT intake_key FROM claim_queue").count == 20)
    }
    try await work(on: store)
    let last = try await submitWithoutWaiting(to: store)
    #expect(last.way == .exited(0) && last.errors.isEmpty)
    #expect(last.text.hasPrefix("10 claims queued, 40 at their end already\n"))
    try await work(on: store)
    try await office.bankPaid(50)
    try await office.verifiesClean("--store", store.name)
  }

  @Test(
    "submit waits, and reports it in one line; workers make room, and all claims are queued",
    arguments: StoreKind.allCases)
  func waits(kind: StoreKind) async throws {
    let store = try await kind.store(in: office)
    let bank = try await office.bankOption(for: ["work", "--until-empty"] + store.option).joined(separator: " ")
    let run = try await submitWaiting(
      for: store,
      """
      while kill -0 $submitter 2>worked; do
        "$CLAIMS" work --until-empty --enroll PPO --store '\(store.name)' \(bank) >worked 2>&1
      done
      """)
    #expect(run.way == .exited(0))
    #expect(run.text.hasPrefix("50 claims queued\n"))
    #expect(run.complaints == ["claims: \(Self.full); waiting for workers to make room"])
    try await work(on: store)
    try await office.bankPaid(50)
  }

  @Test("a waiting submit that is asked to stop ends at once and keeps what it has queued")
  func interrupted() async throws {
    let store = try await StoreKind.sqlite.store(in: office)
    let run = try await submitWaiting(for: store, "kill -TERM $submitter")
    #expect(run.way == .exited(130))
    #expect(run.text.hasPrefix("20 claims queued\n"))
    #expect(try await office.claims(["queue"]).text == "waiting 20  worked on 0  set aside 0\n")
  }
}
