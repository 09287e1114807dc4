import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution

struct RemitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remit", abstract: "Remittances (X12 835).",
    subcommands: [RemitRunCommand.self, RemitListCommand.self, RemitShowCommand.self, RemitVerifyCommand.self])
}

struct RemitRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Report decided claims to their providers: one 835 per payee for everything closed and not yet reported.",
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

  @Option(
    help: ArgumentHelp("A folder for a file a payee, or one file for all.", valueName: "PATH"), completion: .file())
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
    over store: ClaimStore, issuer: RemittanceIssuer, date: CalendarDate?, claimsPerCheck: Int?,
    to output: RemittanceOutput, page: inout CheckRunPage
  ) async throws {
    var output = output
    let run = RemittanceRun(over: store, issuer: issuer, claimsPerCheck: claimsPerCheck)
    try await run.run(on: date, to: &output) { try page.tell($0) }
  }
}

struct RemitListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List remittances, the newest last.",
    discussion: """
      A page ends with the command for the one before it, which has older remittances.

      EXAMPLES
        claims remit list
        claims remit list --limit 10 --output json
      """)

  @OptionGroup var store: StoreOptions

  @Option(help: "How many at most on a page.")
  var limit = 100

  @Option(help: ArgumentHelp("The page of older remittances than this one.", valueName: "REMITTANCE"))
  var before: String?

  @Option(help: "text for people, json for programs: an object a remittance.")
  var output: OutputForm = .text

  func validate() throws {
    guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 1000000") }
  }

  func run() async throws {
    do {
      let issued = IssuedRemittances(try await store.store.openForReading())
      var last: RemittanceRow?
      if let before {
        last = try await issued.remittance(RemittanceID(before))
        guard last != nil else {
          throw SetupError.badInput("--before: there is no remittance \(before.prefix(80)); see `claims remit list`")
        }
      }
      let page = ListPage(try await issued.newest(limit + 1, before: last).reversed(), limit: limit)
      var written = Output()
      for row in page.rows.reversed() { written.bytes(RemittanceLine(row).bytes(as: output)) }
      if let last = page.last, output == .text { written.line("older: \(command(before: last.id))") }
      written.flush()
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private func command(before last: RemittanceID) -> String {
    let limit = limit == 100 ? "" : " --limit \(limit)"
    return "claims remit list\(limit) --before \(last)\(store.given())"
  }
}

struct RemitShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print the 835 of a remittance, byte for byte as it was first written.",
    discussion: """
      EXAMPLES
        claims remit list
        claims remit show REM-0123456789abcdef0123 > era.835
      """)

  @OptionGroup var store: StoreOptions

  @Argument(help: ArgumentHelp("A remittance, as `remit list` prints it.", valueName: "REMITTANCE"))
  var id: String

  func run() async throws {
    do {
      guard let file = try await Self.file(RemittanceID(id), in: try await store.store.openForReading()) else {
        throw SetupError.badInput("there is no remittance \(id.prefix(80)) in \(store.store); see `claims remit list`")
      }
      Output.write(file)
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private static func file(_ id: RemittanceID, in store: ClaimStore) async throws -> [UInt8]? {
    let issued = IssuedRemittances(store)
    guard let remittance = try await issued.remittance(id) else { return nil }
    return try await issued.file(of: remittance)
  }
}

struct RemitVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check any 835: does every line, claim and check balance, and is its envelope whole?",
    discussion: """
      Three sums hold in every remittance: SVC02 - CAS = SVC03 on each line, CLP03 - CAS = CLP04 on each claim, and CLP04 - \
      PLB = BPR02 on the check. What does not hold is told with its place, the amount that was expected, the one found, \
      and the difference: found less expected. 5010 and 4010, any delimiters; no name of a patient is printed.

      FILE is a file, a folder, or - for standard input.

      EXAMPLES
        claims remit verify era.835
        claims remit verify inbox/ --output json | jq 'select(.balanced == false)'

      Exit status: 0 when all balance; 1 when one does not, or an envelope is not whole; 65 when an input is no 835 (the \
      others are checked all the same).
      """)

  @Argument(help: ArgumentHelp("835 files, folders, or -.", valueName: "FILE"), completion: .file())
  var files: [String]

  @Option(help: "text for people, json for programs: an object a transaction, and a summary.")
  var output: OutputForm = .text

  func validate() throws {
    guard !files.isEmpty else { throw ValidationError("name at least one file or folder, or - for standard input") }
  }

  func run() async throws {
    do {
      var page = RemittancePage(output)
      for source in try ClaimSource.sources(files) { try check(source, on: &page) }
      if let status = page.finish() { throw ExitCode(status) }
    } catch {
      throw ExitStatus.of(error)
    }
  }

  /// - Throws: `InputError` when this machine runs short of a resource.
  private func check(_ source: ClaimSource, on page: inout RemittancePage) throws {
    do {
      var audit = try RemittanceFileAudit(try source.open())
      if let refusal = audit.refusal {
        page.refuse(source.name, "\(refusal)", isPassedOver: source.isFromFolder)
        return
      }
      page.begin(source.name, envelope: audit.envelopeFaults)
      while let verdict = try audit.next() { page.print(verdict) }
    } catch {
      guard !error.isShortage else { throw error }
      page.refuse(source.name, "\(error)", isPassedOver: false)
    }
  }
}
