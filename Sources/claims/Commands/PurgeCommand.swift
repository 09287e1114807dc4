import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsApp
import DurableExecution
import Foundation

struct PurgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge",
    abstract: "Delete old records that no promise rests on.",
    discussion: """
      Without --yes it only counts. Three kinds of records can leave: which claims were submitted together (batches, once the \
      queue holds none of their claims), messages to webhook receivers that were delivered or given up (deliveries), and the \
      page images of paper forms that were accepted, once their claims are closed (pictures).

      Nothing else can, however old it is: a key that was deleted could act again, and a claim whose key is gone could be \
      paid again. Claims, decisions, payments, the ledger, keys with their responses, events and the acts of people stay, and so \
      does what was read from a form.

      It can be stopped at any time and run again, beside workers; put it in a nightly job.

      EXAMPLES
        claims purge --older-than 400
        claims purge --older-than 400 --yes --reason 'retention schedule 2026'
      """)

  @OptionGroup var store: StoreOptions

  @Option(
    help: ArgumentHelp(
      "What is older than so many days leaves; \(PurgeDesk.fewestDays) at least.", valueName: "DAYS"))
  var olderThan: Int

  @Flag(help: "Do it.")
  var yes = false

  @OptionGroup var person: RequestedPersonOptions

  @Option(help: "text for people, json for programs: an object a kind.")
  var output: OutputForm = .text

  func validate() throws {
    guard yes == (person.reason != nil) else {
      throw ValidationError(
        yes ? "give a --reason: it stays on record" : "--reason goes with --yes; without it nothing is deleted")
    }
    if yes { _ = try person.signOff() }
  }

  func run() async throws {
    do {
      let store = yes ? try await store.store.openExisting() : try await store.store.openForReading()
      let desk = try PurgeDesk(store, olderThanDays: olderThan)
      printAll(yes ? try await desk.purge(by: try person.signOff()) : try await desk.preview())
    } catch let error as PurgeRefusal {
      throw ExitStatus.of(SetupError.usage("--older-than: \(error)"))
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private func printAll(_ kinds: [Purged]) {
    for purged in kinds {
      guard output == .text else {
        Output.write(OrderedJSON.line { purged.write(to: &$0) })
        continue
      }
      let name = purged.kind.rawValue.padded(to: 12)
      Output.say(yes ? "\(name) \(purged.count.grouped) deleted" : "\(name) \(purged.left.grouped) would be deleted")
    }
    if output == .text, !yes, kinds.contains(where: { $0.left > 0 }) {
      Output.say("nothing was deleted; add --yes and a --reason to do it")
    }
  }
}
