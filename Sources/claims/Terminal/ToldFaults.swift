import ClaimFormats

/// The faults reported for the current file. A claim that is rejected for the same reason is not reported again.
struct ToldFaults {
  private var source = ""
  private var reasons: Set<String> = []

  mutating func note(_ fault: FileFault, in source: String) {
    if self.source != source { (self.source, reasons) = (source, []) }
    reasons.insert(fault.what)
  }

  func contains(_ reason: String, in source: String) -> Bool { self.source == source && reasons.contains(reason) }
}
