import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Foundation

struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a claim: how it was decided, line by line and by which rule, what was paid, and its keys.",
    discussion: """
      ID is a claim intake id (CLM-…), or the provider's claim number.

      EXAMPLES
        claims show CLM-0123456789abcdef0123
        claims show A-1001 --store sqlite:payer.db
        claims show A-1001 --output fhir
        claims show A-1001 --output json | jq '.lines[].adjustments[] | {code, amount, rule}'
      """)

  @OptionGroup var store: StoreOptions

  @Argument(help: ArgumentHelp("A claim intake id or a claim number.", valueName: "ID"), completion: .claims)
  var id: String

  @Option(
    name: .customLong("output"),
    help: "text for people, json for programs: an object a claim; fhir for a ClaimResponse a claim.")
  var form: ShowForm = .text

  func run() async throws {
    do {
      let store = try await store.store.openForReading()
      let id = id
      if form == .fhir { return try await showFHIR(in: store) }
      let files = try await store.read { transaction in
        let rows = try transaction.claims(named: id)
        // What counts now comes first.
        return try (rows.filter { $0.status != .replaced } + rows.filter { $0.status == .replaced })
          .map { try ClaimFile($0, in: transaction) }
      }
      guard !files.isEmpty else {
        throw SetupError.badInput(
          "there is no claim \(id.prefix(80)) in \(self.store.store); upper and lower case differ, and a rejected "
            + "claim is not kept")
      }
      var output = Output()
      for file in files {
        switch form {
        case .text: output.line(ClaimPage(file).text)
        case .json: output.bytes(ClaimFileJSON(file).line)
        case .fhir: break
        }
      }
      output.flush()
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private func showFHIR(in store: ClaimStore) async throws {
    var output = Output()
    for answer in try await FHIRAnswers(store).answers(named: id) {
      output.bytes(try FHIRClaimResponse(answer).bytes + [UInt8(ascii: "\n")])
    }
    output.flush()
  }
}

enum ShowForm: String, ExpressibleByArgument, CaseIterable {
  case text, json, fhir
}
