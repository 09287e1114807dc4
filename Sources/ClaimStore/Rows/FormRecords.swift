package import ClaimsDomain
package import DurableExecution

/// Paper forms that could not be read without doubt, with their page images and what people have done to them.
package protocol FormRecords {
  func form(_ id: FormID) throws -> FormRow?

  /// Returns a form, and makes others that would act on it wait for the end of the transaction.
  func lockedForm(_ id: FormID) throws -> FormRow?

  /// The forms in a state, in the order in which they came.
  ///
  /// - Parameters:
  ///   - state: nil for all forms.
  ///   - form: the last form of the page before; nil for the first page.
  func forms(in state: FormState.Name?, after form: FormRow?, limit: Int) throws -> [FormRow]

  /// The number of forms in each state; a state without forms is left out.
  func formCounts() throws -> [FormState.Name: Int]

  /// Puts a form on record, unless a form with the same pages is on record already.
  ///
  /// - Returns: the form on record, and whether it is new.
  func keep(_ form: FormRow, pages: [FormPageImage]) throws -> (form: FormRow, isNew: Bool)

  /// Replaces a form by its next version, with the act that has brought it. A discarded form loses its page images.
  ///
  /// - Throws: `StoreFailure.stale` unless the form waits in the version before.
  func replace(_ form: FormRow, by act: FormAct) throws

  /// What people have done to forms, in order.
  func acts(onForms ids: [FormID]) throws -> [FormID: [FormAct]]

  /// The page images of a form, in the order of the pages.
  func pages(ofForm id: FormID) throws -> [FormPageImage]

  func page(_ number: Int, ofForm id: FormID) throws -> FormPageImage?

  /// How many page images of each of these forms have left by a retention schedule; a form that has all of its images is
  /// absent.
  func pagesGone(ofForms ids: [FormID]) throws -> [FormID: Int]
}

/// A paper form on record. What its fields say is kept as JSON: it is about the member, and is never logged.
package struct FormRow: Hashable, Sendable {
  /// SHA-256 of the form's page images.
  package let digest: String
  /// The kind of form, as its reader names it: `cms1500`.
  package let kind: String
  /// The file that it came in, for people.
  package let source: String
  /// The day on which the claim counts as received: the day on which the form came, not that of its acceptance.
  package let receivedOn: CalendarDate
  package let receivedAt: Timestamp
  /// The fields as they were read.
  package let reading: [UInt8]
  /// The fields as people have left them.
  package private(set) var corrected: [UInt8]
  /// How many fields a person must still look at.
  package private(set) var doubts: Int
  package private(set) var state: FormState
  /// The number of acts on the form.
  package private(set) var version: Int

  package init(
    digest: String, kind: String, source: String, receivedOn: CalendarDate, receivedAt: Timestamp, reading: [UInt8],
    corrected: [UInt8]? = nil, doubts: Int, state: FormState = .waiting, version: Int = 0
  ) {
    self.digest = digest
    self.kind = kind
    self.source = source
    self.receivedOn = receivedOn
    self.receivedAt = receivedAt
    self.reading = reading
    self.corrected = corrected ?? reading
    self.doubts = doubts
    self.state = state
    self.version = version
  }

  package var id: FormID { Self.id(ofDigest: digest) }

  package static func id(ofDigest digest: String) -> FormID { FormID("FRM-\(digest.prefix(20))") }

  /// Returns the next version of the form, with other fields.
  package func corrected(_ fields: [UInt8], doubts: Int) -> FormRow {
    var form = self
    (form.corrected, form.doubts, form.version) = (fields, doubts, version + 1)
    return form
  }

  /// Returns the last version of the form.
  package func ended(_ state: FormState) -> FormRow {
    var form = self
    (form.state, form.version) = (state, version + 1)
    return form
  }
}

/// Where a form stands. A form ends once.
package enum FormState: Hashable, Sendable {
  case waiting
  /// A person has accepted the form, and it is this claim.
  case accepted(ClaimIntakeID)
  /// A person has found that the form is no claim.
  case discarded

  package enum Name: String, CaseIterable, Sendable {
    case waiting, accepted, discarded
  }

  package var name: Name {
    switch self {
    case .waiting: .waiting
    case .accepted: .accepted
    case .discarded: .discarded
    }
  }

  package var claim: ClaimIntakeID? {
    if case .accepted(let claim) = self { claim } else { nil }
  }
}

/// What a person has done to a form, and why.
package struct FormAct: Hashable, Sendable {
  package let kind: Kind
  package let signOff: SignOff
  package let at: Timestamp

  package init(_ kind: Kind, by signOff: SignOff, at: Timestamp) {
    (self.kind, self.signOff, self.at) = (kind, signOff, at)
  }

  package enum Kind: Hashable, Sendable {
    /// A field was given another value, or the value that was read was confirmed.
    case correct(field: String, was: String?, becomes: String?)
    case accept
    case discard

    package var name: String {
      switch self {
      case .correct: "correct"
      case .accept: "accept"
      case .discard: "discard"
      }
    }
  }
}

/// The image of a page of a form, as PNG.
package struct FormPageImage: Hashable, Sendable {
  /// The page's number in its file, from one.
  package let page: Int
  /// The paper's size, in thousandths of a point.
  package let width: Int
  package let height: Int
  package let pixelsPerInch: Int
  package let image: [UInt8]

  package init(page: Int, width: Int, height: Int, pixelsPerInch: Int, image: [UInt8]) {
    (self.page, self.width, self.height) = (page, width, height)
    (self.pixelsPerInch, self.image) = (pixelsPerInch, image)
  }

  /// The most bytes of an image that are kept.
  package static let limit = 16 * 1024 * 1024
}
