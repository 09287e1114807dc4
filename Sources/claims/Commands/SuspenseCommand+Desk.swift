import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import Foundation

extension SuspenseCommand {
  struct Note: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "note",
      abstract: "Write a note on a claim that waits.",
      discussion: """
        Notes stay on record with who wrote them and when, and are shown with the claim. They may be about the member, so \
        they are in no log.

        EXAMPLES
          claims suspense note A-1001 'asked the provider for the operative report'
        """)

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("A claim intake id or a claim number.", valueName: "ID"), completion: .claims)
    var id: String

    @Argument(help: ArgumentHelp("The note, on one line.", valueName: "TEXT"))
    var text: String

    @Option(help: "Who writes it; without it your user name.")
    var by: String = NSUserName()

    func run() async throws {
      let (id, text) = (id, text)
      let claim = try await atDesk(store, by: by) { try await $0.note(id, text) }
      Output.say("noted on claim \(claim)")
    }
  }

  struct Assign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "assign",
      abstract: "Say who looks after a claim that waits.",
      discussion: """
        EXAMPLES
          claims suspense assign A-1001 pat
          claims suspense assign A-1001 --nobody
          claims suspense list --assigned-to pat
        """)

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("A claim intake id or a claim number.", valueName: "ID"), completion: .claims)
    var id: String

    @Argument(help: ArgumentHelp("Who looks after it.", valueName: "WHOM"))
    var assignee: String?

    @Flag(help: "Nobody looks after it any more.")
    var nobody = false

    @Option(help: "Who says so; without it your user name.")
    var by: String = NSUserName()

    func validate() throws {
      guard nobody == (assignee == nil) else { throw ValidationError("name who looks after it, or --nobody") }
    }

    func run() async throws {
      let (id, assignee) = (id, assignee)
      let claim = try await atDesk(store, by: by) { try await $0.assign(id, to: assignee) }
      Output.say("claim \(claim) is with \(assignee?.displayed ?? "nobody")")
    }
  }
}

private func atDesk(
  _ store: StoreOptions, by person: String, _ act: (WaitingDesk) async throws -> ClaimIntakeID
) async throws -> ClaimIntakeID {
  do {
    return try await act(try WaitingDesk(try await store.store.openExisting(), by: person))
  } catch let defect as DeskDefect {
    throw ExitStatus.of(SetupError.usage(defect.description))
  } catch {
    throw ExitStatus.of(error)
  }
}
