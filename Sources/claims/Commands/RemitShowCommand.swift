import ClaimStore
import ArgumentParser
import ClaimPipeline
import ClaimsApp
import ClaimsDomain
import DurableExecution

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

  private static func file(_ id: RemittanceID, in store: some ClaimStore) async throws -> [UInt8]? {
    let issued = IssuedRemittances(store)
    guard let remittance = try await issued.remittance(id) else { return nil }
    return try await issued.file(of: remittance)
  }
}
