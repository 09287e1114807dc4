import ArgumentParser
import ClaimFormats
import ClaimsApp

struct RemitVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check anybody's 835: does every line, claim and check balance, and is its envelope whole?",
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

  @Argument(help: ArgumentHelp("835 files, folders, or -.", valueName: "FILE"))
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

  /// - Throws: `InputError` where this machine is short of something.
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
