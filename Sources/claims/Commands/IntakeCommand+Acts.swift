import ArgumentParser
import BankProtocol
import ClaimFormats
import ClaimOperations
import ClaimPipeline
import ClaimStore
import ClaimsApp
import ClaimsDomain
import Foundation

/// What a person does to a form that waits.
extension IntakeCommand {
  struct Correct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "correct",
      abstract: "Give a field the value that the picture shows, or confirm the one it has.",
      discussion: """
        The value is held to what the field may hold, as one that the program has read, and the sums are checked again. A \
        field that is only faint is confirmed by its own value. An empty value says that there is nothing in the box.

        EXAMPLES
          claims intake correct FRM-0123456789abcdef0123 24F.2 145.00 --reason 'the picture says 145.00'
          claims intake correct FRM-0123456789abcdef0123 1a W100000001 --reason 'as read'
        """)

    @OptionGroup var form: FormOptions

    @Argument(help: ArgumentHelp("The field, as `claims intake show` names it.", valueName: "FIELD"))
    var field: String

    @Argument(help: ArgumentHelp("What the picture shows.", valueName: "VALUE"))
    var value: String

    func run() async throws {
      try await form.act { try await $0.correct(form.id, field, to: value, seen: form.version) }
    }
  }

  struct Discard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "discard",
      abstract: "End a form that is no claim. Its pictures are removed, and it never becomes a claim.",
      discussion: """
        What was read stays on record. The same pages again are known as discarded.

        EXAMPLES
          claims intake discard FRM-0123456789abcdef0123 --reason 'a cover sheet'
        """)

    @OptionGroup var form: FormOptions

    func run() async throws {
      try await form.act { try await $0.discard(form.id, seen: form.version) }
    }
  }

  struct Accept: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "accept",
      abstract: "Make a form without doubt left a claim, and take it to a payment.",
      discussion: """
        A form is refused while a field is in doubt, or while it makes no claim, for instance because its charges do not add \
        up. It becomes one claim, however often it is accepted and by how many at once. The claim counts as received on \
        the day on which the form came.

        EXAMPLES
          claims intake accept FRM-0123456789abcdef0123 --reason 'checked against the picture'
        """)

    @Argument(help: ArgumentHelp("A form, as `claims intake list` prints it.", valueName: "ID"))
    var id: String

    @Option(help: FormOptions.versionHelp)
    var version: Int?

    @OptionGroup var person: PersonOptions

    @OptionGroup(title: "Deciding and paying") var options: RunOptions

    @Option(help: "text for people, json for programs: an object.")
    var output: OutputForm = .text

    func run() async throws {
      do {
        var configuration = options.configuration()
        configuration.isStoreExpected = true
        let app = try await ClaimsApp.build(configuration)
        let desk = FormDesk(app.store, by: try person.signOff())
        let accepted = try await desk.accept(FormID(id), seen: version, by: app.processor)
        guard let report = try ClaimReport(ClaimResult(accepted)) else { return }
        switch output {
        case .json: Output.write(report.jsonLine)
        case .text: Output.say(FormText.accepted(accepted.form, report))
        }
        if case .unsettled(let unsettled) = accepted.end { throw ExitCode(ExitStatus(unsettled.reason.followUp)) }
      } catch {
        throw ExitStatus.of(error)
      }
    }
  }
}

/// A form that a person acts on, without deciding or paying anything.
struct FormOptions: ParsableArguments {
  @OptionGroup var store: StoreOptions

  @Argument(help: ArgumentHelp("A form, as `claims intake list` prints it.", valueName: "ID"))
  private var name: String

  @Option(help: FormOptions.versionHelp)
  var version: Int?

  @OptionGroup var person: PersonOptions

  @Option(help: "text for people, json for programs: an object.")
  var output: OutputForm = .text

  static let versionHelp = ArgumentHelp(
    "Only if the form is still in this version, as `claims intake show` prints it.", valueName: "NUMBER")

  var id: FormID { FormID(name) }

  /// Acts on the form, and prints what it is then.
  func act(_ act: (FormDesk) async throws -> PaperForm) async throws {
    do {
      let desk = FormDesk(try await store.store.openExisting(), by: try person.signOff())
      let form = try await act(desk)
      switch output {
      case .text: Output.say(FormText(form, options: store.given()).standing)
      case .json: Output.write(FormJSON(form, showsFields: true).line)
      }
    } catch {
      throw ExitStatus.of(error)
    }
  }
}
