package import ClaimFormats
package import ClaimStore
package import ClaimsDomain
import DurableExecution
import Foundation

/// A paper form on record: what was read, what people have made of it, and what they have done.
package struct PaperForm: Sendable {
  package let row: FormRow
  /// The form as it was read.
  package let read: FormReading
  /// The form as people have left it.
  package let current: FormReading
  package let acts: [FormAct]

  /// - Throws: `StoreFailure.corrupt` for fields that do not read.
  package init(_ row: FormRow, acts: [FormAct]) throws {
    self.row = row
    self.acts = acts
    do {
      read = try JSONDecoder().decode(FormReading.self, from: Data(row.reading))
      current = try JSONDecoder().decode(FormReading.self, from: Data(row.corrected))
    } catch {
      throw StoreFailure.corrupt("the fields of form \(row.id) do not read")
    }
  }

  package var id: FormID { row.id }

  /// How many fields a person must look at.
  package var doubtCount: Int { current.doubtful.count }

  /// The form as the claim that it is now, or the reason why it is none.
  package var item: IntakeItem { current.item(digest: row.digest, at: .page(of: current)) }

  /// The fields, each as it was read and as it is now: those in doubt first, otherwise in the order of the form.
  package var fields: [Field] {
    let read = Dictionary(read.fields.map { ($0.field, $0) }) { first, _ in first }
    let fields = current.fields.map { Field(read: read[$0.field], current: $0) }
    return fields.filter(\.isDoubtful) + fields.filter { !$0.isDoubtful }
  }

  package struct Field: Sendable {
    /// Nil for a field that was not read.
    package let read: FieldReading?
    package let current: FieldReading

    package var isDoubtful: Bool { !current.doubts.isEmpty }
  }

  /// Fields whose value is not the one that was read, and not the last one that an act on record has given. There are none
  /// in an undamaged store.
  package var unexplained: [String] {
    var expected = Dictionary(read.fields.map { ($0.field, $0.value) }) { first, _ in first }
    for act in acts {
      if case .correct(let field, _, let becomes) = act.kind { expected[field] = becomes }
    }
    return current.fields.filter { $0.value != expected[$0.field] ?? nil }.map(\.field)
  }

  static func bytes(of reading: FormReading) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(reading))
  }
}

extension SourceLocation {
  /// The page on which a form begins.
  static func page(of reading: FormReading) -> SourceLocation { SourceLocation(.page, reading.pages.first ?? 1) }
}

extension ClaimTransaction {
  /// Returns a form with its acts; nil if there is none by this number.
  ///
  /// - Parameter locks: whether others that would act on the form wait for the end of the transaction.
  /// - Throws: `StoreFailure`.
  package func paperForm(_ id: FormID, locking locks: Bool = false) throws -> PaperForm? {
    let row = try locks ? lockedForm(id) : form(id)
    return try row.map { try PaperForm($0, acts: try acts(onForms: [id])[id] ?? []) }
  }

  /// Returns a page of forms with their acts, in the order in which they came.
  ///
  /// - Throws: `StoreFailure`.
  package func paperForms(in state: FormState.Name?, after form: FormRow?, limit: Int) throws -> [PaperForm] {
    let rows = try forms(in: state, after: form, limit: limit)
    let acts = try acts(onForms: rows.map(\.id))
    return try rows.map { try PaperForm($0, acts: acts[$0.id] ?? []) }
  }
}
