import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsApp
import DurableExecution
import Foundation

struct HoldCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: "Put a payee on hold: nothing is paid to it until the hold is lifted.",
    discussion: """
      A payee is named as payments name it: by its NPI, or where it has none by its tax ID or its name. Once the command \
      has returned, no payment to the payee begins, whoever is at work. Payments that were committed to before go on, \
      since the bank may have them; the command says how many there are.

      Claims of the payee are read and decided as ever. One that would be paid waits instead, and is paid once, as it was \
      decided, when the hold is lifted and the claim is released. Lifting alone pays nothing.

      EXAMPLES
        claims hold 1234567893 --reason 'billing for visits that did not take place'
        claims hold --list
        claims hold --lift 1234567893 --reason 'cleared by the investigation'
        claims suspense release --all --provider 1234567893 --reason 'cleared by the investigation'
      """)

  @OptionGroup var store: StoreOptions

  @Argument(help: ArgumentHelp("The payee: its NPI, its tax ID, or its name.", valueName: "PAYEE"))
  var payee: String?

  @Flag(help: "Lift the hold on the payee.")
  var lift = false

  @Flag(help: "List the payees on hold: since when, by whom, and why.")
  var list = false

  @OptionGroup var person: RequestedPersonOptions

  @Option(help: "text for people, json for programs: an object a payee.")
  var output: OutputForm = .text

  func validate() throws {
    guard !list else {
      guard payee == nil, !lift, person.reason == nil else {
        throw ValidationError("--list stands alone: leave out the payee, --lift and --reason")
      }
      return
    }
    guard payee != nil else { throw ValidationError("name a payee, or --list") }
    guard person.reason != nil else { throw ValidationError("give a --reason: it stays on record") }
    _ = try person.signOff()
  }

  func run() async throws {
    do {
      if list { return try await printAll(in: try await store.store.openForReading()) }
      let desk = try PayeeDesk(try await store.store.openExisting(), payee: payee ?? "")
      if lift {
        printLifted(try await desk.lift(by: try person.signOff()))
      } else {
        printBegun(try await desk.hold(by: try person.signOff()))
      }
    } catch let error as UnusablePayee {
      throw ExitStatus.of(SetupError.badInput("\(error)"))
    } catch let error as NotOnHold {
      throw ExitStatus.of(SetupError.badInput("\(error)"))
    } catch {
      throw ExitStatus.of(error)
    }
  }

  private func printAll(in store: ClaimStore) async throws {
    var (output, last, isEmpty) = (Output(), nil as String?, true)
    while true {
      let page = try await store.read { [last] in try $0.payeesOnHold(after: last, limit: 500) }
      for hold in page {
        switch self.output {
        case .text: output.line(Self.line(hold))
        case .json: output.bytes(hold.jsonLine)
        }
      }
      isEmpty = isEmpty && page.isEmpty
      guard let end = page.last else { break }
      last = end.payee
    }
    output.flush()
    if isEmpty, self.output == .text { Output.say("no payee is on hold") }
  }

  private static func line(_ hold: PayeeHold) -> String {
    "\(hold.payee.displayed.padded(to: 14))  since \(hold.since.day) by \(hold.person.displayed): \(hold.reason.displayed)"
  }

  private func printBegun(_ begun: BegunHold) {
    guard output == .text else { return Output.write(begun.hold.jsonLine) }
    let payee = begun.hold.payee.displayed
    if begun.isNew {
      Output.say("\(payee) is on hold: no payment to it begins from now on")
    } else {
      Output.say("\(payee) was on hold already, since \(begun.hold.since.day) by \(begun.hold.person.displayed)")
    }
    if begun.hold.underWay > 0 {
      Output.say(
        "\(begun.hold.underWay.counted("payment")) to it had been committed to before, and may be made: the bank may "
          + "have them")
    }
    if !begun.isKnown { Terminal.complain("no claim of \(payee) is on record: make sure that it is named right") }
  }

  private func printLifted(_ hold: PayeeHold) {
    guard output == .text else { return Output.write(hold.jsonLine) }
    Output.say("the hold on \(hold.payee.displayed) is lifted; its claims wait until they are released:")
    Output.say("  claims suspense release --all --provider \(hold.payee.shellWord) --reason …" + store.given())
  }
}
