/// A form as it was read: its fields, and whether they make a claim without a person.
package struct FormReading: Hashable, Sendable, Codable {
  package let kind: FormKind
  /// The pages it stands on, in order.
  package let pages: [Int]
  package var fields: [FieldReading]

  package init(kind: FormKind, pages: [Int], fields: [FieldReading]) {
    self.kind = kind
    self.pages = pages
    self.fields = fields
  }

  /// The fields that a person must look at before anything becomes of the form.
  package var doubtful: [FieldReading] { fields.filter { !$0.doubts.isEmpty } }
}

/// The paper forms that are read.
package enum FormKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// The professional claim form, version 02/12.
  case cms1500
  /// The institutional claim form, CMS-1450.
  case ub04
}
