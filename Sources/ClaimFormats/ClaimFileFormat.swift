/// What kind of file it is, told from its first bytes and never from its name.
package enum ClaimFileFormat: Hashable, Sendable {
  case x12
  case json

  static let noHeader = FileFault(
    what: "this is no X12 interchange: it has no ISA segment", advice: "send the file with its envelope, ISA to IEA")
}
