/// Recognizes a published file by its content: by its columns, or by its codes if it is a bare list.
struct TableRecognition {
  private let source: any ClaimBytes
  private let name: String

  init(_ source: any ClaimBytes, name: String) {
    self.source = source
    self.name = name
  }

  enum Finding: Hashable {
    case table(TableKind)
    /// NCCI pairs. Their columns do not say which setting they are for.
    case pairs
  }

  /// The tables in the file; empty for any other file, even a binary one. A file of units may contain two settings.
  var findings: [Finding] {
    guard isText else { return [] }
    let tables: [(Finding, [ReferenceHeader.Column])] = [
      (.table(.relativeValues), RelativeValueFile.columns), (.table(.practiceCosts), PracticeCostFile.columns),
      (.table(.localities), CountyLocalityFile.columns), (.table(.baseUnits), AnesthesiaBaseUnitFile.columns),
      (.pairs, ProcedureToProcedureFile.columns),
      (.table(.addOns), AddOnCodeFile.columns),
      (.table(.practitionerUnits), MedicallyUnlikelyFile.columns(for: .practitioner)),
      (.table(.hospitalUnits), MedicallyUnlikelyFile.columns(for: .outpatientHospital)),
    ]
    let found = tables.filter { has($0.1) }.map(\.0)
    return found.isEmpty ? list.map { [.table($0)] } ?? [] : found
  }

  private var isText: Bool {
    var head = [UInt8](repeating: 1, count: 4_096)
    let count =
      (try? head.withUnsafeMutableBytes { buffer throws(InputError) in try source.read(at: 0, into: buffer) }) ?? 0
    return count > 0 && !head.prefix(count).contains(0)
  }

  private func has(_ columns: [ReferenceHeader.Column]) -> Bool {
    do {
      var reader = try DelimitedReader(source, file: name)
      _ = try ReferenceHeader(columns, of: &reader, what: "")
      return true
    } catch {
      return false
    }
  }

  /// The kind of a bare list. With more than a few codes, those of one list do not look like those of another.
  private var list: TableKind? {
    var seen = CodeShapes()
    do {
      var reader = try DelimitedReader(source, file: name)
      while let row = try reader.next() {
        let code = row.text(0).split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
        if code.isEmpty || (seen.count == 0 && code.lowercased().hasPrefix("code")) { continue }
        guard seen.add(code) else { return nil }
      }
    } catch {
      return nil
    }
    return seen.kind
  }
}
