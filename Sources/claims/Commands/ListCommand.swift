import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsApp
import ClaimsDomain
import Foundation

struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List claims, the newest first, by status, member, provider, payer, days, charge, codes or check run.",
    discussion: """
      A claim has to meet every condition that is given. A page ends with the command for the next one; JSON ends with \
      an object {"next": CURSOR}. Claims that are taken in between two pages do not change what the next one shows of \
      the others. Claims that were taken in before the store had schema 5 are not found by provider or service days, and \
      those that were decided before it had schema 10 are not found by reason.

      A line has the day of receipt, the claim intake id, the claim number, the status, and what was charged, allowed \
      and paid.

      EXAMPLES
        claims list --status suspended --received-through 2026-03-31
        claims list --member W100000001 --service-from 2026-01-01
        claims list --provider 1234567893 --charge-min 5000 --output json | jq -r .claim_intake_id
        claims list --status denied --reason-code CO-29 --count
        claims list --procedure 99213 --received-from 2026-01-01
      """)

  @OptionGroup var store: StoreOptions

  @OptionGroup(title: "Which claims") var conditions: FilterOptions

  @Option(help: "At most so many on a page, up to 10000.")
  var limit = 50

  @Option(help: ArgumentHelp("The page after this place, which the page before names.", valueName: "CURSOR"))
  var after: String?

  @Flag(help: "Only how many there are, counted up to 10000.")
  var count = false

  @Option(help: "text for people, json for programs: an object a claim.")
  var output: OutputForm = .text

  /// The most claims of a page, and the most that are counted.
  private static let most = 10_000

  func validate() throws {
    guard (1...Self.most).contains(limit) else { throw ValidationError("--limit must be from 1 to \(Self.most)") }
    guard !count || after == nil else { throw ValidationError("--count counts all pages: leave out --after") }
    _ = try cursor()
  }

  private func cursor() throws -> ClaimCursor? {
    do throws(UnreadableCursor) {
      guard let after else { return nil }
      return try ClaimCursor(parsing: after)
    } catch {
      throw ValidationError("--after: \(error)")
    }
  }

  func run() async throws {
    do {
      let store = try await store.store.openForReading()
      let filter = try conditions.filter()
      if count { return printCount(try await store.read { try $0.count(matching: filter, upTo: Self.most + 1) }) }
      let (cursor, limit) = (try cursor(), limit)
      let page = try await store.read { try $0.claims(matching: filter, after: cursor, limit: limit) }
      printPage(page.rows, next: page.next)
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private func printCount(_ found: Int) {
    let (count, isComplete) = (min(found, Self.most), found <= Self.most)
    switch output {
    case .text: Output.say((isComplete ? "" : "more than ") + count.counted("claim"))
    case .json: Output.write(FoundClaimJSON.count(count, isComplete: isComplete))
    }
  }

  private func printPage(_ claims: [FoundClaim], next: ClaimCursor?) {
    var output = Output()
    // People get a header; what a program reads stays lines of claims alone.
    if self.output == .text, !claims.isEmpty, Terminal.isTerminal(STDOUT_FILENO) { output.line(Self.header) }
    for claim in claims {
      switch self.output {
      case .text: output.line(Self.line(claim.row))
      case .json: output.bytes(FoundClaimJSON(claim).line)
      }
    }
    switch (self.output, next) {
    case (.text, let next?): output.line("next page: \(command(for: next))")
    case (.text, nil) where claims.isEmpty: output.line("no claim matches")
    case (.json, let next?): output.bytes(FoundClaimJSON.next(next))
    case (_, nil): break
    }
    output.flush()
  }

  private static func line(_ row: ClaimRow) -> String {
    let amounts = [row.charge, row.amounts?.allowed, row.amounts?.planPaid].map { $0?.grouped ?? "-" }
    return line(
      ["\(row.receivedOn)", "\(row.id)", row.claimNumber.text.displayed, row.status.rawValue], amounts)
  }

  private static let header = line(["received", "claim", "number", "status"], ["charge", "allowed", "paid"])

  private static func line(_ words: [String], _ amounts: [String]) -> String {
    (zip(words, [12, 26, 14, 11]).map { $0.padded(to: $1) } + amounts.map { $0.padded(toRight: 12) }).joined()
  }

  /// The command line for the next page.
  private func command(for next: ClaimCursor) -> String {
    let limit = limit == 50 ? [] : ["--limit", "\(limit)"]
    return (["claims", "list"] + conditions.given + limit + ["--after", next.text]).joined(separator: " ")
      + store.given()
  }
}
