package import ClaimsDomain

/// A provider network as CSV: `npi,effective,termination`. The network is called by the file's name. A row is one span
/// of contract; one without a last day has no end.
package struct ProviderNetworkFile {
  private let file: SourceFile

  package init(_ file: SourceFile) {
    self.file = file
  }

  static let columns = ["npi", "effective", "termination"]

  /// - Throws: `PlanFileError` for the first row that is wrong, or that contracts a provider twice on one day.
  package func network() throws(PlanFileError) -> ProviderNetwork {
    var contracts: [String: [DateRange]] = [:]
    var spans = SpanRegister<String>()
    for row in try CSVTable(file, columns: Self.columns, showsValues: true).rows {
      let npi = try row.require("npi", .npi)
      let days = try row.span()
      if let earlier = spans.enter(days, of: npi, at: row.line) {
        throw row.error(
          "\(npi) has another contract on the same days, on line \(earlier)",
          advice: "end one before the other begins")
      }
      contracts[npi, default: []].append(days)
    }
    return ProviderNetwork(name: file.stem, contracts: contracts)
  }
}
