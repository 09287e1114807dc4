import Foundation
import Testing

@Suite("claims list")
struct ListTests {
  /// An office that has processed the sample claims, of which fourteen are taken in.
  private static func office(_ kind: StoreKind) async throws -> (Office, StoreInUse) {
    let office = try Office()
    let store = try await kind.store(in: office)
    try office.write(SampleClaims.text, to: "in.837")
    #expect(try await office.process(["in.837"] + store.option).way == .exited(65))
    return (office, store)
  }

  private struct Claim: Decodable {
    let claimNumber: String
    let claimIntakeID: String
    let memberID: String
    let provider: String?
    let receivedOn: String
    let firstService: String?
    let lastService: String?
    let charge: String
    let planPaid: String?

    enum CodingKeys: String, CodingKey {
      case provider, charge
      case claimNumber = "claim_number"
      case claimIntakeID = "claim_intake_id"
      case memberID = "member_id"
      case receivedOn = "received_on"
      case firstService = "first_service"
      case lastService = "last_service"
      case planPaid = "plan_paid"
    }
  }

  private static func claims(in run: Ended) throws -> [Claim] {
    try run.jsonLines.map { try JSONDecoder().decode(Claim.self, from: Data($0.utf8)) }
  }

  /// Returns the last digits of the numbers that a list finds, in order.
  private static func numbers(_ options: [String], _ office: Office, _ store: StoreInUse) async throws -> [Int] {
    let run = try await office.claims(["list", "--output", "json"] + options + store.option)
    #expect(run.way == .exited(0) && run.errors.isEmpty, "\(run.errors)")
    return try claims(in: run).compactMap { Int($0.claimNumber.suffix(3)) }.sorted()
  }

  @Test("finds claims by each condition and by several", arguments: StoreKind.allCases)
  func conditions(kind: StoreKind) async throws {
    let (office, store) = try await Self.office(kind)
    for (options, expected) in [
      ("", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15]), ("--status denied", [7, 8, 9, 10, 11, 12]),
      ("--status suspended", [13]), ("--status paid", [1, 2, 3, 4, 5, 6, 15]), ("--member po2001", [1, 10, 12]),
      ("--member PO2001 --status denied", [10, 12]), ("--payer SAMPLE01 --charge-max 175", [5]), ("--payer OTHER", []),
      ("--provider 1234567893 --charge-min 900.00", [2, 6, 11]), ("--provider 1", []), ("--number DEMO-003", [3]),
      ("--received-from 2026-04-01 --received-through 2026-04-01 --number DEMO-003", [3]),
      ("--received-from 2026-04-02", []), ("--received-through 2026-03-31", []),
      ("--service-from 2026-03-11 --service-through 2026-03-12", [6, 7, 8, 9]), ("--service-through 2025-12-31", [12]),
      ("--procedure j1885", [3]), ("--procedure E0601", [2, 6]), ("--procedure E0601 --member PO9999999", []),
      ("--reason-code CO-29", [12]), ("--reason-code n130", [11]), ("--reason-code OA-18 --procedure G0463", [10]),
      ("--reason-code prior-claim-unknown --status suspended", [13]), ("--reason-code CO-29 --status paid", []),
    ] {
      let words = options.split(separator: " ").map(String.init)
      #expect(try await Self.numbers(words, office, store) == expected, "\(options)")
      let count = try await office.claims(["list", "--count"] + words + store.option)
      #expect(count.text == (expected.count == 1 ? "1 claim\n" : "\(expected.count) claims\n"), "\(options)")
    }
    let json = try await office.claims(["list", "--count", "--output", "json"] + store.option)
    #expect(json.text == #"{"claims":14,"is_complete":true}"# + "\n")
  }

  @Test("ends a page with the command for the next one, until every claim was listed", arguments: StoreKind.allCases)
  func pages(kind: StoreKind) async throws {
    let (office, store) = try await Self.office(kind)
    var page = try await office.claims(["list", "--limit", "4", "--charge-min", "1.50"] + store.option)
    var (lines, commands): ([String], Int) = ([], 0)
    while let last = page.lines.last, last.hasPrefix("next page: claims list ") {
      lines += page.lines.dropLast()
      #expect(page.lines.count == 5)
      commands += 1
      page = try await office.shell("\"$CLAIMS\" \(last.dropFirst("next page: claims ".count))")
      #expect(page.way == .exited(0), "\(page.errors)")
    }
    lines += page.lines
    let json = try await office.claims(["list", "--limit", "14", "--output", "json"] + store.option)
    let claims = try Self.claims(in: json)
    #expect(commands == 3 && lines.count == 14 && Set(lines).count == 14)
    for (line, claim) in zip(lines, claims) {
      #expect(line.hasPrefix("\(claim.receivedOn)  \(claim.claimIntakeID)  \(claim.claimNumber)"), "\(line)")
    }
    let paid = try #require(lines.first { $0.contains("DEMO-003") }).split(separator: " ").dropFirst(3)
    #expect(Array(paid) == ["paid", "200.00", "126.04", "95.00"])
    let waits = try #require(lines.first { $0.contains("DEMO-013") }).split(separator: " ").dropFirst(3)
    #expect(Array(waits) == ["suspended", "180.00", "-", "-"])
  }

  @Test(
    "as JSON, has who and when, the names of `show`, and the cursor of the next page last",
    arguments: StoreKind.allCases)
  func json(kind: StoreKind) async throws {
    let (office, store) = try await Self.office(kind)
    let run = try await office.claims(["list", "--member", "PO5001", "--output", "json"] + store.option)
    let claim = try #require(try Self.claims(in: run).first)
    #expect(claim.memberID == "PO5001" && claim.provider == "1234567893")
    #expect(claim.firstService == "2026-03-10" && claim.lastService == "2026-03-11")
    let show = try await office.claims(["show", claim.claimIntakeID, "--output", "json"] + store.option)
    #expect(
      try Self.members(of: run).subtracting(Self.members(of: show)) == [
        "member_id", "provider", "first_service", "last_service",
      ])

    struct Next: Decodable { let next: String }
    let page = try await office.claims(["list", "--limit", "13", "--output", "json"] + store.option)
    #expect(page.jsonLines.count == 14)
    let last = try JSONDecoder().decode(Next.self, from: Data(try #require(page.jsonLines.last).utf8))
    let rest = try await office.claims(["list", "--after", last.next, "--output", "json"] + store.option)
    #expect(rest.jsonLines.count == 1)
  }

  private static func members(of run: Ended) throws -> Set<String> {
    let line = try #require(run.jsonLines.first)
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    return Set((object ?? [:]).keys)
  }

  @Test("names the next page in words that a shell takes as they were given")
  func quoted() async throws {
    let office = try Office()
    try office.write(SampleClaims.text, to: "in.837")
    let store = ["--store", "sqlite:it's $HOME; a store.db"]
    _ = try await office.process(["in.837"] + store)
    let page = try await office.claims(["list", "--limit", "1"] + store)
    let command = try #require(page.lines.last).dropFirst("next page: claims ".count)
    let next = try await office.shell("\"$CLAIMS\" \(command)")
    #expect(next.way == .exited(0) && next.lines.count == 2, "\(next.errors)")
  }

  @Test("finds nothing without an error, and changes nothing in a file")
  func nothing() async throws {
    let (office, store) = try await Self.office(.sqlite)
    let before = try office.bytes(of: "claims.db")
    let none = try await office.claims(["list", "--member", "nobody"] + store.option)
    #expect(none.way == .exited(0) && none.text == "no claim matches\n")
    #expect(try office.bytes(of: "claims.db") == before)
    let json = try await office.claims(["list", "--member", "nobody", "--output", "json"] + store.option)
    #expect(json.way == .exited(0) && json.output.isEmpty)
  }

  @Test(
    "refuses what it cannot mean, as usage",
    arguments: [
      ["--after", "MjAyNg"], ["--after", ""], ["--limit", "0"], ["--limit", "10001"], ["--status", "open"],
      ["--count", "--after", "MjAyNi0wMy0wOSBDTE0tMQ"], ["--received-from", "2026-02-30"], ["--member", ""],
      ["--received-from", "2026-03-02", "--received-through", "2026-03-01"], ["--charge-min", "-1"],
      ["--service-from", "2026-03-02", "--service-through", "2026-03-01"],
      ["--charge-min", "2", "--charge-max", "1.99"], ["--charge-max", "1.005"],
    ])
  func refused(options: [String]) async throws {
    let run = try await Office().claims(["list"] + options)
    #expect(run.way == .exited(64) && run.output.isEmpty && run.errors.hasPrefix("Error: "), "\(run.errors)")
  }

  @Test("says so where there is no store")
  func noStore() async throws {
    let run = try await Office().claims(["list"])
    #expect(run.way == .exited(69) && run.output.isEmpty && run.complaints.count == 1, "\(run.errors)")
  }
}

extension Ended {
  fileprivate var lines: [String] { text.split(separator: "\n").map(String.init) }
}
