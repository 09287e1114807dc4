import ClaimStore
import ArgumentParser
import ClaimPipeline
import ClaimsApp
import ClaimsDomain

struct RemitRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Tell providers what became of their claims: one 835 a payee of all that is closed and not told yet.",
    discussion: """
      Each claim is told once, whatever crashes or races: run it again, and there is nothing new. A run that was cut short \
      is finished first, and writes all of its files again, byte for byte. What a check pays is what the bank has moved.

      EXAMPLES
        claims remit run --out remittances/ --payer payer.yaml
        claims remit run --out era.835 --date 2026-04-03      all of them in one file
        claims remit verify remittances/

      Exit status: 0; 65 when a claim cannot be told as it stands, which the next run tries again; 69 when store or disk \
      is out of reach.
      """)

  @OptionGroup var store: StoreOptions

  @Option(help: ArgumentHelp("A folder for a file a payee, or one file for all.", valueName: "PATH"))
  var out: String

  @Option(help: ArgumentHelp("The day of the checks. Without it today (UTC).", valueName: "YYYY-MM-DD"))
  var date: CalendarDate?

  @OptionGroup var payer: PayerOptions

  @Option(help: "text for people, json for programs: an object a remittance, and a summary.")
  var output: OutputForm = .text

  @Option(help: ArgumentHelp("Claims of one remittance at most.", visibility: .hidden))
  var claimsPerCheck: Int?

  func validate() throws {
    guard claimsPerCheck.map({ (1...10_000).contains($0) }) ?? true else {
      throw ValidationError("--claims-per-check must be from 1 to 10000")
    }
  }

  func run() async throws {
    do {
      let payer = try payer.source()
      var page = CheckRunPage(output)
      try await Self.run(
        over: try await store.store.openExisting(), issuer: payer.issuer, date: date, claimsPerCheck: claimsPerCheck,
        to: try RemittanceOutput(path: out, option: "--out"), page: &page)
      if let status = page.finish() { throw ExitCode(status) }
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private static func run(
    over store: some ClaimStore, issuer: RemittanceIssuer, date: CalendarDate?, claimsPerCheck: Int?,
    to output: RemittanceOutput, page: inout CheckRunPage
  ) async throws {
    var output = output
    let run = RemittanceRun(over: store, issuer: issuer, claimsPerCheck: claimsPerCheck)
    try await run.run(on: date, to: &output) { try page.tell($0) }
  }
}
