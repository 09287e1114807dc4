package import ClaimsDomain

/// A fee schedule as CSV: `code,modifiers,amount,effective,termination`. The file's name is the schedule's name.
/// Modifiers are separated by blanks; a fee without a last day has no end.
package struct FeeScheduleFile {
  private let file: SourceFile

  package init(_ file: SourceFile) {
    self.file = file
  }

  static let columns = ["code", "modifiers", "amount", "effective", "termination"]

  /// - Throws: `PlanFileError` for the rows that are invalid or give a code two fees on one day.
  package func schedule() throws(PlanFileError) -> FeeSchedule {
    let faults = FaultList()
    var fees: [FeeSchedule.Entry: [FeeSchedule.Fee]] = [:]
    var spans = SpanRegister<FeeSchedule.Entry>()
    _ = try CSVTable(file, columns: Self.columns, showsValues: true, faults).read { row throws(PlanFileError) in
      let (entry, fee) = try read(row)
      if let earlier = spans.enter(fee.effective, of: entry, at: row.line) {
        let name = ([entry.code] + entry.modifiers).joined(separator: " ")
        throw row.error(
          "\(name) has another fee on the same days, on line \(earlier)", advice: "end one before the other begins")
      }
      fees[entry, default: []].append(fee)
    }
    return try faults.result(FeeSchedule(name: file.stem, fees: fees))
  }

  private func read(_ row: CSVRow) throws(PlanFileError) -> (FeeSchedule.Entry, FeeSchedule.Fee) {
    let fields = CSVFields(row)
    let code = fields.require("code", .code)
    let modifiers = fields.read { () throws(PlanFileError) in try self.modifiers(of: row) }
    let (amount, days) = (fields.require("amount", .amount), fields.span())
    guard let code, let modifiers, let amount, let days else { return try fields.result(nil) }
    return try fields.result(
      (FeeSchedule.Entry(code: code, modifiers: modifiers), FeeSchedule.Fee(amount: amount, effective: days)))
  }

  private func modifiers(of row: CSVRow) throws(PlanFileError) -> [String] {
    let text = row.cells["modifiers"] ?? ""
    return try text.split(separator: " ").map { modifier throws(PlanFileError) in
      guard let code = ScalarForm.modifier.parse(String(modifier)) else {
        throw row.error("modifiers must be of two characters, separated by blanks, not \"\(text)\"")
      }
      return code
    }
  }
}

/// A provider network as CSV: `npi,effective,termination`. The file's name is the network's name. A row is one span of
/// a contract; a span without a last day has no end.
package struct ProviderNetworkFile {
  private let file: SourceFile

  package init(_ file: SourceFile) {
    self.file = file
  }

  static let columns = ["npi", "effective", "termination"]

  /// - Throws: `PlanFileError` for the rows that are invalid or contract a provider twice on one day.
  package func network() throws(PlanFileError) -> ProviderNetwork {
    let faults = FaultList()
    var contracts: [String: [DateRange]] = [:]
    var spans = SpanRegister<String>()
    _ = try CSVTable(file, columns: Self.columns, showsValues: true, faults).read { row throws(PlanFileError) in
      let fields = CSVFields(row)
      let (read, span) = (fields.require("npi", .npi), fields.span())
      let (npi, days) = try fields.result(read.flatMap { npi in span.map { (npi, $0) } })
      if let earlier = spans.enter(days, of: npi, at: row.line) {
        throw row.error(
          "\(npi) has another contract on the same days, on line \(earlier)",
          advice: "end one before the other begins")
      }
      contracts[npi, default: []].append(days)
    }
    return try faults.result(ProviderNetwork(name: file.stem, contracts: contracts))
  }
}
