/// A published list of codes, such as the billable ICD-10-CM codes or the places of service.
package struct CodeList: Hashable, Sendable {
  private let codes: Set<String>

  package init(_ codes: some Sequence<String>) {
    self.codes = Set(codes)
  }

  package var count: Int { codes.count }
  package func contains(_ code: String) -> Bool { codes.contains(code) }
}
