import ArgumentParser
import ClaimFormats
import ClaimOperations
import ClaimStore
import ClaimsApp
import ClaimsDomain
import DurableExecution
import Foundation

struct IntakeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "intake",
    abstract: "The intake desk: paper forms in doubt, to be corrected and accepted, or discarded.",
    discussion: """
      A paper form that is read without doubt is a claim at once. Any other waits here, with the picture of its pages, until \
      a person has looked at each field in doubt. What is changed is on record, with who and why; what was read stays \
      beside it.

      EXAMPLES
        claims intake list
        claims intake show FRM-0123456789abcdef0123 --crops pictures/
        claims intake correct FRM-0123456789abcdef0123 24F.2 145.00 --reason 'the picture says 145.00'
        claims intake accept FRM-0123456789abcdef0123 --reason 'checked against the picture'
      """,
    subcommands: [List.self, Show.self, Correct.self, Accept.self, Discard.self],
    defaultSubcommand: List.self)
}

extension IntakeCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List forms in the order in which they came.",
      discussion: """
        Without --state, those that wait. A page ends with the command for the next one.

        EXAMPLES
          claims intake list
          claims intake list --state accepted --limit 20 --output json
        """)

    @OptionGroup var store: StoreOptions

    @Option(help: ArgumentHelp("Only forms that are waiting, accepted or discarded; or all.", valueName: "STATE"))
    var state: State = .waiting

    @Option(help: "At most so many on a page, up to 500.")
    var limit = 100

    @Option(help: ArgumentHelp("The page after this form, the last of the page before.", valueName: "ID"))
    var after: String?

    @Option(help: "text for people, json for programs: an object a form.")
    var output: OutputForm = .text

    enum State: String, ExpressibleByArgument, CaseIterable {
      case waiting, accepted, discarded, all

      var name: FormState.Name? { FormState.Name(rawValue: rawValue) }
    }

    func validate() throws {
      guard (1...500).contains(limit) else { throw ValidationError("--limit must be from 1 to 500") }
    }

    func run() async throws {
      do {
        let (state, limit, after) = (state.name, limit, after.map { FormID($0) })
        let forms = try await store.store.openForReading().read { transaction in
          let last = try after.map { id in
            guard let form = try transaction.form(id) else { throw FormRefusal.unknown(id) }
            return form
          }
          return try transaction.paperForms(in: state, after: last, limit: limit)
        }
        print(forms)
      } catch {
        throw ExitStatus.of(error)
      }
    }

    private func print(_ forms: [PaperForm]) {
      var printed = Output()
      for form in forms {
        switch output {
        case .text: printed.line(FormText(form).line)
        case .json: printed.bytes(FormJSON(form, showsFields: false).line)
        }
      }
      if output == .text {
        if forms.isEmpty { printed.line(state == .waiting ? "no form waits for a person" : "no forms") }
        if forms.count == limit, let last = forms.last { printed.line("next page: \(command(after: last.id))") }
      }
      printed.flush()
    }

    private func command(after last: FormID) -> String {
      let state = state == .waiting ? "" : " --state \(state.rawValue)"
      let limit = limit == 100 ? "" : " --limit \(limit)"
      return "claims intake list\(state)\(limit) --after \(last)\(store.given())"
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show a form: what each field says, how it was read, and why it is in doubt.",
      discussion: """
        Fields in doubt come first. With --crops, the picture of each field is written to the folder, as FIELD.png. The \
        pictures are about a member: keep them where only you can read them.

        EXAMPLES
          claims intake show FRM-0123456789abcdef0123
          claims intake show FRM-0123456789abcdef0123 --crops pictures/
        """)

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("A form, as `claims intake list` prints it.", valueName: "ID"))
    var id: String

    @Option(
      help: ArgumentHelp("Write the pictures of the fields to this folder.", valueName: "DIR"), completion: .directory)
    var crops: String?

    @Option(name: .customLong("output"), help: "text for people, json for programs: an object.")
    var output: OutputForm = .text

    func run() async throws {
      do {
        let id = FormID(id)
        let folder = try crops.map { try OutputFolder(path: $0, option: "--crops") }
        let (form, pages) = try await store.store.openForReading().read { transaction in
          guard let form = try transaction.paperForm(id) else { throw FormRefusal.unknown(id) }
          if folder != nil, try transaction.pagesGone(ofForms: [id])[id] != nil {
            throw SetupError.badInput("the pictures of form \(id) have left by a retention schedule; leave out --crops")
          }
          return (form, folder == nil ? [] : try transaction.pages(ofForm: id))
        }
        if let folder { try await write(form, pages, to: folder) }
        switch output {
        case .text: Output.say(FormText(form, options: store.given()).page)
        case .json: Output.write(FormJSON(form, showsFields: true).line)
        }
      } catch {
        throw ExitStatus.of(error)
      }
    }

    private func write(_ form: PaperForm, _ pages: [FormPageImage], to folder: OutputFolder) async throws {
      guard form.row.state != .discarded else {
        throw SetupError.badInput("form \(form.id) was discarded, and its pictures with it; leave out --crops")
      }
      let paper = PaperPages()
      for field in form.fields.map(\.current) {
        guard let page = pages.first(where: { $0.page == field.page }) else {
          throw SetupError.unavailable("the picture of page \(field.page) is gone; run `claims verify`")
        }
        try folder.write(try await picture(of: field, on: page, paper), as: field.pictureName)
      }
    }

    private func picture(
      of field: FieldReading, on page: FormPageImage, _ paper: PaperPages
    ) async throws(SetupError) -> [UInt8] {
      do {
        return try await paper.crop(field.box, of: page)
      } catch {
        throw .unavailable("--crops: field \(field.field): \(error)")
      }
    }
  }
}

extension FieldReading {
  /// A file name made of the field's name.
  fileprivate var pictureName: String {
    String(field.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "_" }) + ".png"
  }
}
