/// Who sends or receives an interchange: ISA05 and ISA06, and the name of the application behind it (GS02).
package struct X12Address: Hashable, Sendable {
  /// `ZZ` (mutually defined), `30` (tax number), `27` (Medicare carrier) and others.
  package var qualifier: String
  package var identifier: String
  package var application: String

  package init(qualifier: String = "ZZ", identifier: String, application: String? = nil) {
    self.qualifier = qualifier
    self.identifier = identifier
    self.application = application ?? identifier
  }
}
