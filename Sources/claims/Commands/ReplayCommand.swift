import ArgumentParser
import ClaimOperations
import ClaimStore
import ClaimsApp
import DurableExecution

struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Print the stored response of an effect key, byte for byte.",
    discussion: """
      What comes out is exactly what the first caller got, so its digest never changes:

        claims replay idemp:pay:CLM-…:130.00:30.00 | sha256sum
      """)

  @OptionGroup var store: StoreOptions

  @Argument(help: ArgumentHelp("An effect key, as `process --output json` and `keys list` print it.", valueName: "KEY"))
  var key: String

  func run() async throws {
    do {
      let store = try await store.store.openForReading()
      let wanted = KeyText(key)
      guard let record = try await store.read({ try $0.records(for: [wanted])[wanted] }) else {
        throw SetupError.badInput("there is no such key in \(self.store.store); see `claims keys list`")
      }
      guard let response = record.response else {
        throw SetupError.unavailable("the key is pending: its outcome is not known yet; run the claim again")
      }
      guard response.isIntact else {
        throw StoreFailure.corrupt("the stored bytes do not match their digest")
      }
      Output.write(response.bytes)
    } catch {
      throw ExitStatus.of(error)
    }
  }
}
