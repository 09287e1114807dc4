import ArgumentParser
import ClaimFormats
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Webhooks

struct WebhooksCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "webhooks",
    abstract: "Look after the systems that are told of events, and what is sent to them.",
    discussion: """
      `claims serve` sends each event once to each receiver that wants its type, signed as the Standard Webhooks \
      specification has it, and tries again for hours if a receiver does not take it.
      """,
    subcommands: [Add.self, List.self, Remove.self, Rotate.self, Deliveries.self, Resend.self],
    defaultSubcommand: List.self)
}

extension WebhooksCommand {
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Add a receiver, and print its secret once.",
      discussion: """
        It is told of every event from now on. Events: \(WebhookDesk.knownTypes).

        EXAMPLES
          claims webhooks add https://claims.example/hooks --reason 'the clinic asked for it'
          claims webhooks add https://claims.example/hooks --types claim.paid,claim.denied --reason 'for the clinic'
        """)

    @Argument(help: ArgumentHelp("Where it listens: https, or http on this machine.", valueName: "URL"))
    var url: String

    @Option(help: ArgumentHelp("Only these events, with commas between them.", valueName: "TYPES"))
    var types: String?

    @OptionGroup var store: StoreOptions
    @OptionGroup var person: PersonOptions

    func run() async throws {
      do {
        let types = types.map { $0.split(separator: ",").map(String.init) } ?? []
        let desk = WebhookDesk(try await store.store.openExisting())
        let (receiver, secret) = try await desk.add(url, types: types, by: try person.signOff())
        Output.say("\(receiver.id)\n\(secret.text)")
        Terminal.complain("the secret is shown once; give it to the receiver")
      } catch {
        throw ExitStatus.of(error)
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the receivers.")

    @OptionGroup var store: StoreOptions

    @Option(help: "text for people, json for programs: an object a receiver.")
    var output: OutputForm = .text

    func run() async throws {
      do {
        let receivers = try await store.store.openForReading().read { try $0.receivers() }
        var printed = Output()
        for receiver in receivers {
          switch output {
          case .text: printed.line(Self.line(receiver))
          case .json: printed.bytes(OrderedJSON.line { receiver.write(to: &$0) })
          }
        }
        if output == .text, receivers.isEmpty { printed.line("no receivers") }
        printed.flush()
      } catch {
        throw ExitStatus.of(error)
      }
    }

    private static func line(_ receiver: WebhookReceiver) -> String {
      let types =
        receiver.types.isEmpty ? "every event" : receiver.types.map(\.rawValue).sorted().joined(separator: ",")
      return "\(receiver.id)  since \(receiver.addedAt.iso8601)  \(receiver.url)  \(types)"
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove",
      abstract: "Take a receiver out of use.",
      discussion: "What was still to be sent to it is dead. Who and why is on record.")

    @Argument(help: ArgumentHelp("A receiver, as `claims webhooks list` prints it.", valueName: "ID"))
    var id: String

    @OptionGroup var store: StoreOptions
    @OptionGroup var person: PersonOptions

    func run() async throws {
      do {
        let desk = WebhookDesk(try await store.store.openExisting())
        try await desk.remove(WebhookReceiverID(id), by: try person.signOff())
        Output.say("removed")
      } catch {
        throw ExitStatus.of(error)
      }
    }
  }

  struct Rotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rotate",
      abstract: "Make a new secret for a receiver, and print it once.",
      discussion: """
        The older secrets also sign for some hours, so that the receiver can change over without losing a message. If a \
        secret has become known to others, end the older ones at once, with --overlap-hours 0.
        """)

    @Argument(help: ArgumentHelp("A receiver, as `claims webhooks list` prints it.", valueName: "ID"))
    var id: String

    @Option(help: ArgumentHelp("How long the older secrets also sign.", valueName: "HOURS"))
    var overlapHours = WebhookDesk.usualOverlap

    @OptionGroup var store: StoreOptions
    @OptionGroup var person: PersonOptions

    func run() async throws {
      do {
        let desk = WebhookDesk(try await store.store.openExisting())
        let secret = try await desk.rotate(
          WebhookReceiverID(id), overlap: overlapHours, by: try person.signOff())
        Output.say(secret.text)
        Terminal.complain("the secret is shown once; give it to the receiver")
      } catch {
        throw ExitStatus.of(error)
      }
    }
  }
}

// Deliveries.
extension WebhooksCommand {
  struct Deliveries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "deliveries",
      abstract: "List what is sent to receivers, the newest first.",
      discussion: "A delivery is dead when its receiver has not taken it in hours; `resend` begins anew.")

    @OptionGroup var store: StoreOptions

    @Option(help: "Only deliveries in this state.")
    var state: WebhookDelivery.State?

    @Option(help: ArgumentHelp("Only deliveries to this receiver.", valueName: "ID"))
    var receiver: String?

    @Option(help: ArgumentHelp("The page after this delivery, the last of the page before.", valueName: "NUMBER"))
    var before: Int64?

    @Option(help: "At most so many on a page, up to 1000.")
    var limit = 50

    @Option(help: "text for people, json for programs: an object a delivery.")
    var output: OutputForm = .text

    func validate() throws {
      guard (1...1_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 1000") }
    }

    func run() async throws {
      do {
        let (receiver, state, before, limit) = (receiver.map { WebhookReceiverID($0) }, state, before, limit)
        let found = try await store.store.openForReading().read {
          try $0.deliveries(to: receiver, in: state, before: before, limit: limit)
        }
        var printed = Output()
        for delivery in found {
          switch output {
          case .text: printed.line(Self.line(delivery))
          case .json: printed.bytes(OrderedJSON.line { delivery.write(to: &$0) })
          }
        }
        if output == .text, found.isEmpty { printed.line("no deliveries") }
        printed.flush()
      } catch {
        throw ExitStatus.of(error)
      }
    }

    private static func line(_ delivery: WebhookDelivery) -> String {
      "\("\(delivery.number)".padded(toRight: 8))  \(delivery.state.rawValue.padded(to: 9))  \(delivery.claimID)"
        + "  \(delivery.type.padded(to: 15))  \(delivery.receiver)  \(delivery.attempts.counted("attempt"))"
        + (delivery.answer.map { ": \($0)" } ?? "")
    }
  }

  struct Resend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "resend",
      abstract: "Send a delivery again that is dead or was made.",
      discussion: """
        It is the same message under the same ID, so a receiver that has it already can drop it. It may arrive after later \
        events of its claim. Who and why is on record.
        """)

    @Argument(help: ArgumentHelp("A delivery, as `claims webhooks deliveries` prints it.", valueName: "NUMBER"))
    var number: Int64

    @OptionGroup var store: StoreOptions
    @OptionGroup var person: PersonOptions

    func run() async throws {
      do {
        let desk = WebhookDesk(try await store.store.openExisting())
        try await desk.resend(number, by: try person.signOff())
        Output.say("to be sent again by `claims serve`")
      } catch {
        throw ExitStatus.of(error)
      }
    }
  }
}

extension WebhookDelivery.State: ExpressibleByArgument {}
