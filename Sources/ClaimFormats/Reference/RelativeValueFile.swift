package import ClaimsDomain

/// The MPFS RVU file (`PPRRVUyy_*.csv`): a row for each code and each of its components (CMS MPFS RVU file layout).
package struct RelativeValueFile {
  private let source: any ClaimBytes
  private let name: String

  package init(_ source: any ClaimBytes, name: String) {
    self.source = source
    self.name = name
  }

  static let columns: [ReferenceHeader.Column] = [
    .init("HCPCS code", "hcpcs"),
    .init("modifier", "mod"),
    .init("status code", "status", "statuscode"),
    .init("work RVU", "workrvu"),
    .init("non-facility PE RVU", "nonfacpervu"),
    .init("non-facility NA indicator", "nonfacna", "nonfacnaindicator"),
    .init("facility PE RVU", "facpervu", "facilitypervu"),
    .init("facility NA indicator", "facna", "facilitynaindicator"),
    .init("MP RVU", "mprvu"),
    .init("PC/TC indicator", "pctcind"),
    .init("global days", "globdays"),
    .init("pre-operative share", "preop", "preoppct", isRequired: false),
    .init("intra-operative share", "intraop", "intraoppct", isRequired: false),
    .init("post-operative share", "postop", "postoppct", isRequired: false),
    .init("multiple-procedure indicator", "multproc"),
    .init("bilateral indicator", "bilat", "bilatsurg"),
    .init("assistant indicator", "asstsurg"),
    .init("co-surgeon indicator", "cosurg"),
    .init("team indicator", "teamsurg"),
    .init("endoscopic base", "endobase"),
    .init("conversion factor", "convfactor"),
  ]

  /// - Throws: `PlanFileError` for the first row that is invalid or repeats a code and modifier.
  package func schedule() throws(PlanFileError) -> PhysicianFeeSchedule {
    var reader = try DelimitedReader(source, file: name)
    let header = try ReferenceHeader(Self.columns, of: &reader, what: "the MPFS RVU file")
    var entries: [PhysicianFeeEntry.Key: PhysicianFeeEntry] = [:]
    while let row = try reader.next() {
      // The text version of the file ends in blank rows.
      guard !row.isBlank else { continue }
      let entry = try entry(of: row, header)
      guard entries.updateValue(entry, forKey: entry.key) == nil else {
        let called = [entry.key.code, entry.key.modifier].compactMap(\.self).joined(separator: " ")
        throw row.error("\(called) is there twice", advice: "leave one of the two rows out")
      }
    }
    guard !entries.isEmpty else {
      throw PlanFileError(file: name, reason: "there is no code in the file", advice: "download it again from CMS")
    }
    return PhysicianFeeSchedule(name: name, entries: entries)
  }

  private func entry(of row: ReferenceRow, _ header: ReferenceHeader) throws(PlanFileError) -> PhysicianFeeEntry {
    func value<Value>(_ name: String, _ form: ScalarForm<Value>) throws(PlanFileError) -> Value {
      try row.require(header[name], name, form)
    }
    let modifier = row.text(header["modifier"])
    return PhysicianFeeEntry(
      key: PhysicianFeeEntry.Key(
        code: try value("HCPCS code", .procedure), modifier: modifier.isEmpty ? nil : try value("modifier", .code)),
      status: try value("status code", .known()),
      work: try value("work RVU", .decimal()),
      nonFacilityExpense: try value("non-facility PE RVU", .decimal()),
      facilityExpense: try value("facility PE RVU", .decimal()),
      malpractice: try value("MP RVU", .decimal()),
      isNotApplicable: [
        .nonFacility: row.text(header["non-facility NA indicator"]) == "NA",
        .facility: row.text(header["facility NA indicator"]) == "NA",
      ],
      indicators: try indicators(of: row, header),
      conversionFactor: try value("conversion factor", .decimal()))
  }

  private func indicators(
    of row: ReferenceRow, _ header: ReferenceHeader
  ) throws(PlanFileError) -> PaymentPolicyIndicators {
    func indicator(_ name: String) throws(PlanFileError) -> Character {
      try row.require(header[name], name, .indicator)
    }
    var indicators = PaymentPolicyIndicators()
    indicators.professionalTechnical = try indicator("PC/TC indicator")
    indicators.globalDays = Self.globalDays(row.text(header["global days"]))
    indicators.package = try package(of: row, header)
    indicators.multipleProcedure = try indicator("multiple-procedure indicator")
    indicators.bilateral = try indicator("bilateral indicator")
    indicators.assistant = try indicator("assistant indicator")
    indicators.coSurgeon = try indicator("co-surgeon indicator")
    indicators.team = try indicator("team indicator")
    if !row.text(header["endoscopic base"]).isEmpty {
      indicators.endoscopicBase = try row.require(header["endoscopic base"], "endoscopic base", .procedure)
    }
    return indicators
  }

  private func package(of row: ReferenceRow, _ header: ReferenceHeader) throws(PlanFileError) -> GlobalPackage {
    func share(_ name: String) throws(PlanFileError) -> PackageShare {
      row.text(header[name]).isEmpty ? .zero : try row.require(header[name], name, .decimal())
    }
    var package = GlobalPackage()
    package.before = try share("pre-operative share")
    package.operation = try share("intra-operative share")
    package.after = try share("post-operative share")
    return package
  }

  /// Restores leading zeros: a file that a spreadsheet program has saved has 0 for 000 and 90 for 090.
  private static func globalDays(_ text: String) -> String {
    Int(text) == nil ? text : String(repeating: "0", count: max(0, 3 - text.count)) + text
  }
}
