import ClaimStore
import ArgumentParser
import ClaimPipeline
import ClaimsApp

struct RemitListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List remittances, the newest last.",
    discussion: """
      EXAMPLES
        claims remit list
        claims remit list --limit 10 --output json
      """)

  @OptionGroup var store: StoreOptions

  @Option(help: "How many at most.")
  var limit = 100

  @Option(help: "text for people, json for programs: an object a remittance.")
  var output: OutputForm = .text

  func validate() throws {
    guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 1000000") }
  }

  func run() async throws {
    do {
      let rows = try await Self.newest(limit, of: try await store.store.openForReading())
      var written = Output()
      for row in rows { written.bytes(RemittanceLine(row).bytes(as: output)) }
      written.flush()
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private static func newest(_ limit: Int, of store: some ClaimStore) async throws -> [RemittanceRow] {
    try await IssuedRemittances(store).newest(limit)
  }
}
