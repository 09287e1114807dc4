package import ClaimFormats
import ClaimPipeline
package import ClaimStore
package import ClaimsDomain
import DurableExecution

/// Takes in the paper forms of files. A form that was read without doubt is a claim like any other. Any other goes on
/// record with the images of its pages, and waits for a person at the intake desk.
package struct FormIntake: Sendable {
  private let store: ClaimStore
  private let source: any FormSource
  /// The day on which forms count as received; nil for today by the database's clock (UTC).
  private let receivedOn: CalendarDate?
  /// Takes the day of receipt from each form; nil where that of the run counts.
  private let stated: StatedDays?
  /// Asks a model about forms in doubt; nil for none.
  private let model: ModelReader?

  package init(
    _ store: ClaimStore, source: any FormSource, receivedOn: CalendarDate? = nil, stated: StatedDays? = nil,
    model: ModelReader? = nil
  ) {
    (self.store, self.source, self.receivedOn, self.stated) = (store, source, receivedOn, stated)
    self.model = model
  }

  /// The most bytes of a file of forms.
  package static let fileLimit = 64 * 1024 * 1024

  /// What became of one form of a file.
  package enum Taken: Sendable {
    /// What the form makes, and the day of receipt of a claim if that is the form's own.
    case item(IntakeItem, receivedOn: CalendarDate? = nil)
    /// The form is on record, and is not a claim.
    case kept(KeptForm)
  }

  /// - Parameter name: the file, for people.
  /// - Throws: `StoreFailure`. Forms that were put on record before then stay there, and are found again.
  package func take(_ bytes: [UInt8], from name: String) async throws -> [Taken] {
    let found: FoundForms
    do {
      found = try await source.forms(in: bytes)
    } catch {
      return [.item(.fault(error))]
    }
    var taken: [Taken] = []
    for form in found.forms { taken.append(try await take(form, from: name)) }
    return taken + found.faults.map { .item(.fault($0)) }
  }

  private func take(_ form: FoundForm, from name: String) async throws -> Taken {
    let (digest, location) = (form.digest, SourceLocation.page(of: form.reading))
    let id = FormRow.id(ofDigest: digest)
    // A form that is on record stays what it is there, however it reads by now.
    if let known = try await store.read({ try $0.known(id, at: location) }) { return known }
    let item = form.reading.item(digest: digest, at: location)
    let receivedOn: CalendarDate?
    do throws(FileFault) {
      receivedOn = try stated?.day(form.reading.statedDay(at: location)) ?? self.receivedOn
    } catch {
      return .item(.fault(error))
    }
    if form.reading.doubtful.isEmpty, case .claim = item { return .item(item, receivedOn: receivedOn) }
    if let fault = form.tooLarge(at: location) { return .item(.fault(fault)) }
    let heard = try await model?.reading(of: form.reading, pages: form.pages) ?? form.reading
    let reading = try PaperForm.bytes(of: heard)
    let name = String(name.displayed.prefix(Self.nameLimit))
    return try await store.transaction { transaction in
      let now = try transaction.now
      let row = FormRow(
        digest: digest, kind: form.reading.kind.rawValue, source: name, receivedOn: receivedOn ?? now.day,
        receivedAt: now, reading: reading, doubts: form.reading.doubtful.count)
      _ = try transaction.keep(row, pages: form.pages)
      guard let kept = try transaction.known(id, at: location) else {
        throw StoreFailure.corrupt("form \(id) is not there")
      }
      return kept
    }
  }

  private static let nameLimit = 200
}

/// A form that is on record and is not a claim.
package struct KeptForm: Hashable, Sendable {
  package let id: FormID
  /// The page of the file on which the form begins.
  package let location: SourceLocation
  /// How many fields a person must look at. Where there are none, the form as a whole makes no claim.
  package let doubts: Int
  /// Whether a person has found that the form is no claim. Otherwise it waits for one.
  package let isDiscarded: Bool
}

extension ClaimTransaction {
  /// What a form that is on record is; nil if it is not.
  fileprivate func known(_ id: FormID, at location: SourceLocation) throws -> FormIntake.Taken? {
    guard let row = try form(id) else { return nil }
    guard case .accepted(let claim) = row.state else {
      return .kept(
        KeptForm(id: id, location: location, doubts: row.doubts, isDiscarded: row.state == .discarded))
    }
    guard let body = try bodies(of: [claim])[claim] else {
      throw StoreFailure.corrupt("the text of claim \(claim) is gone")
    }
    return .item(.claim(try SubmittedClaim(body: body, of: claim), at: location), receivedOn: row.receivedOn)
  }
}

extension FoundForm {
  /// - Returns: nil for a form that can be kept.
  fileprivate func tooLarge(at location: SourceLocation) -> FileFault? {
    guard let page = pages.first(where: { $0.image.count > FormPageImage.limit }) else { return nil }
    return FileFault(
      at: SourceLocation(.page, page.page),
      what: "the form has to wait for a person, and the picture of its page is larger than is kept",
      advice: "scan it with 300 dots an inch, in grey")
  }
}
